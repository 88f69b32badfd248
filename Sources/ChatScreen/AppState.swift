import ChatModel
import TerminalModel

/// Everything that the full screen knows. It changes in `apply` and nowhere else.
///
/// ```swift
/// for effect in state.apply(.input(.key(key)), at: now) { await run(effect) }
/// painter.paint(Screen.render(state))
/// ```
/// Times are of one monotonic clock that does not run while the program is stopped.
public struct AppState: Equatable, Sendable {
  /// What lies over the transcript.
  enum Overlay: Equatable, Sendable {
    case menu(Menu)
    case help(HelpPage)
  }

  public internal(set) var size: Size
  /// The label of the provider, and the model asked for where known.
  public internal(set) var provider: String
  public internal(set) var model: String?
  /// Whether there is someone to send to.
  enum Availability: Equatable, Sendable {
    /// Not yet: messages are queued.
    case starting
    case ready
    /// No more: messages stay in the input.
    case unavailable
  }
  var availability: Availability
  public internal(set) var systemPrompt: SystemPrompt
  public internal(set) var prompts: [SystemPrompt]
  /// The name of the prompt that the user made the default.
  var standardPrompt: String?
  /// What is wrong with the prompts' files, as it was told.
  var promptProblems: [String]
  /// The prompt that was deleted last; it can be restored.
  var deletedPrompt: DeletedPrompt?

  /// The services that can be talked to, and which was chosen.
  var service = ServiceState()

  /// How everything looks.
  var appearance: Appearance { didSet { theme = appearance.shownTheme } }
  /// Which key does what.
  public let keys: KeyMap
  /// The keys of a sequence that is not complete yet.
  var begunKeys: [Key] = []
  /// What came while the editor is open: nil when it is not.
  var heldInputs: [TerminalInput]?
  /// What the editor was given.
  var textInEditor: String?
  /// The search through earlier inputs, which takes the input's place.
  var recall: Recall?
  /// The commands that what is typed may become.
  var commandList = CommandList()
  /// What was typed, as far as it is on the disk.
  var kept = KeptDraft()
  /// What was taken out of the queue, the last at the end.
  var removedFromQueue: [RemovedMessage] = []
  /// What was left with the present chat while another is asked for.
  var leaving: Draft?
  /// The appearance's, in the colours that there are.
  private(set) var theme: Theme
  var transcript = Transcript()
  public internal(set) var input = InputEditor()
  var inputHistory = InputHistory()
  /// Messages to send, oldest first, once the running turn is complete.
  public internal(set) var queue: [Question] = []
  /// Files that were asked for so far; the number of the last request.
  var tickets = 0
  /// A command that was typed after a `!`.
  var command: TypedCommand?
  /// The Enter that was pressed last waits for a file; what comes after it is held.
  var waitsForFile = false
  var overlay: Overlay?
  /// The saved chats.
  var chats = ChatList()
  /// The ways through this chat, once they were asked for.
  var branches: [BranchRow]?
  /// The question that is being changed in the input.
  var edit: QuestionEdit?
  /// Until when Escape begins to edit the last message.
  var editArmedUntil: Duration?
  /// When the reader stopped an answer last.
  var stoppedAt: Duration?
  /// Messages that stand already where the next one will: the ways that part there.
  var alternatives = 0
  /// What this chat is called, once it has a name.
  var title: String?
  /// Nothing of this chat is written to disk.
  var isPrivate = false
  /// Something that was said is not on the disk, though it should be.
  var isUnsaved = false
  /// Whether chats are written to disk unless they are private.
  let keepsHistory: Bool
  /// The search, which takes the input's place.
  var find: Find?
  /// The selection of messages and code, which takes the input's place.
  var selection: Selection?
  /// What is being copied, and what is being saved, in words, the oldest first.
  var copying: [CopyAccount] = []
  var saving: [SavingAccount] = []
  /// The current hit is to be brought onto the page.
  var revealsHit = false
  var hint: Hint?
  /// Whether the window is looked at; nil where the terminal does not tell.
  var isFocused: Bool?
  /// An answer ended while nobody looked.
  var hasUnseenEnd = false
  /// After how long an answer's end is worth a bell; nil never.
  var bellAfter: Duration?
  /// What this chat cost since it is on the screen, as far as it is known.
  var spent: Double?
  /// The mouse reports to us; the terminal selects text while it does not.
  var isMouseOn = false
  /// Until when Enter keeps an answer though others still come.
  var keepArmedUntil: Duration?
  /// Until when Ctrl-C quits.
  var quitArmedUntil: Duration?
  /// What Ctrl-C cleared last.
  var cleared: ClearedInput?

  /// The tool that is asked about, which takes the input's place.
  var toolQuestion: AskedTool?

  /// The models that the next message goes to at once; none: to the chat's.
  var comparing: [ModelChoice] = []
  /// The answers of several models to the last message, in the place of the transcript until one is kept.
  var comparison: Comparison?
  /// Turns that were asked for so beside the session's.
  var comparedTurns = 0
  /// The answer that was kept last.
  var keptAnswer: KeptAnswer?

  var turn: RunningTurn?
  /// What came of the running answer and is not shown yet.
  var buffer = DisplayBuffer()
  /// Whether bursts flow rather than jump.
  var isSmooth: Bool
  /// The highest id of a turn that is over: its updates and those of earlier turns are dropped.
  var lastEndedTurn: TurnID?
  /// Turns that were stopped before the session told their ids; their `started` is still to come.
  var abandonedStarts = 0
  /// True once there is a question that can be asked anew.
  var hasQuestion = false

  var status = StatusSample()
  var sampledAt = Duration.zero
  public internal(set) var layout: ScreenLayout
  var titleRow = KeptRow<Screen.Title>()
  var statusRow = KeptRow<StatusLine.Content>()

  /// - Parameters:
  ///   - provider: the provider's label for the title and status lines.
  ///   - model: the model, where known.
  ///   - prompts: the saved system prompts for the menu.
  ///   - offers: the providers that can be switched to.
  ///   - choices: what counts beyond options, environment and configuration: what the system prompt asks for.
  ///   - isReady: false while the provider is still being set up; `ready` or `unavailable` follows then.
  ///   - notices: lines of the program's own at the start of the transcript.
  ///   - isSmooth: whether an answer that comes in bursts is shown flowing, a trifle later.
  ///   - keepsHistory: whether chats are written to disk.
  ///   - appearance: theme, width of text, and whether signs move.
  ///   - keys: which key does what.
  ///   - bellAfter: after how long an answer's end is worth a bell, where nobody looks; nil never.
  public init(
    size: Size, provider: String, model: String? = nil, systemPrompt: SystemPrompt = .helpful,
    prompts: PromptList = PromptList(), offers: [ProviderOffer] = [], choices: Choices = Choices(),
    isReady: Bool = true, notices: [String] = [], isSmooth: Bool = false, keepsHistory: Bool = false,
    appearance: Appearance = Appearance(), keys: KeyMap = .standard, bellAfter: Duration? = nil
  ) {
    self.bellAfter = bellAfter
    self.size = Size(columns: max(1, size.columns), rows: max(1, size.rows))
    self.provider = provider
    self.model = model
    self.systemPrompt = systemPrompt
    self.prompts = prompts.prompts
    standardPrompt = prompts.standard
    promptProblems = prompts.problems
    service.offers = offers
    service.held = choices
    service.asked = choices
    self.isSmooth = isSmooth
    self.keepsHistory = keepsHistory
    self.appearance = appearance
    self.keys = keys
    theme = appearance.shownTheme
    transcript.options.textWidth = appearance.textWidth
    transcript.options.reasoningKey = keys.label(of: .toggleReasoning)
    availability = isReady ? .ready : .starting
    layout = ScreenLayout(size: self.size, inputRows: 1, queued: 0)
    status.state = idleState
    for notice in notices { transcript.add { .notice(id: $0, text: notice) } }
    settle(at: .zero)
    settleRows()
  }

  /// Takes in what happened and says what is to be done about it.
  public mutating func apply(_ event: AppEvent, at now: Duration) -> [Effect] {
    let before = (status, model, comparison?.answers.map(\.status))
    expire(at: now)
    comparison?.release(at: now)
    if let due = buffer.nextRelease, due <= now { show(buffer.release(at: now)) }
    let effects = effects(of: event, at: now) + wantedPreview()
    settle(at: now)
    // Pieces of an answer change what the rows say only where the numbers are looked at anew.
    if event.isUrgent || before != (status, model, comparison?.answers.map(\.status)) { settleRows() }
    return effects + keepDraft(after: event, at: now)
  }

  private mutating func effects(of event: AppEvent, at now: Duration) -> [Effect] {
    switch event {
    case .input(let input): take(input, at: now)
    case .resized(let size): resize(to: size)
    case .session(let update): take(update, at: now)
    case .refused(let why): refused(why, at: now)
    case .tick: []
    case .prompts(let list, let change): take(list, change)
    case .ready(let facts): becomeReady(facts, at: now)
    case .unavailable(let error): becomeUnavailable(error)
    case .notice(let text): addNotice(text)
    case .copied(let outcome): copied(outcome)
    case .history(let event): take(event, at: now)
    case .saved(let outcome): saved(outcome)
    case .models(let models, let provider): take(models, of: provider)
    case .adopted(let choices, let facts): adopted(choices, facts)
    case .notAdopted(let choices, let error): notAdopted(choices, error, at: now)
    case .edited(let outcome): edited(outcome, at: now)
    case .attached(let ticket, let outcome): attached(ticket, outcome, at: now)
    case .ran(let ticket, let outcome): ran(ticket, outcome)
    case .completions(let path, let found): completions(of: path, found)
    case .answers(let turn, let facts): take(facts, of: turn)
    case .kept(let turn, let place): kept(turn, place)
    case .toolAsked(let question): ask(question, at: now)
    case .toolRuns(let question): show(question)
    }
  }

  /// When `tick` is to be applied, since the screen will then want to look otherwise without anything having happened;
  /// nil when nothing moves by itself.
  public func nextTick(at now: Duration) -> Duration? {
    var next: Duration?
    func consider(_ time: Duration?) {
      if let time { next = min(next ?? time, time) }
    }
    // While pieces come, their frames take the numbers along: only when none comes, these want a frame of their own.
    if turn != nil {
      consider(sampledAt + sampleInterval + (status.state.isAnswering ? FramePacer.streaming * 2 : .zero))
    }
    consider(buffer.nextRelease)
    consider(comparison?.nextTick(every: sampleInterval, at: now))
    // The search goes on where its last slice ended.
    if isSearching || transcript.isBehind { consider(now) }
    consider(quitArmedUntil)
    consider(editArmedUntil)
    consider(hint?.until)
    consider(kept.due)
    return next.map { max($0, now) }
  }

  /// The last answer, sanitised, to be left in the terminal's scrollback; nil when there is none.
  public var leavingText: String? {
    var last = self
    _ = last.leaveComparison(at: last.sampledAt)
    last.showAll()
    return last.transcript.lastAnswer.map(Sanitiser.terminalSafe)
  }

  /// True while an answer is on its way.
  public var isTurnRunning: Bool { isAnswering }

  /// What keys are typed into.
  public var focus: Focus {
    switch overlay {
    case nil:
      selection.map { $0.fileName == nil ? .selection : .fileName }
        ?? (find != nil ? .find : recall != nil ? .recall : .input)
    case .menu: .menu
    case .help: .help
    }
  }
}

/// What follows from every change: where things stand on the screen.
extension AppState {
  private mutating func expire(at now: Duration) {
    if let until = quitArmedUntil, until <= now { quitArmedUntil = nil }
    if let until = editArmedUntil, until <= now { editArmedUntil = nil }
    if let until = keepArmedUntil, until <= now { keepArmedUntil = nil }
    if let until = hint?.until, until <= now { hint = nil }
  }

  /// Lays out what is visible but for the first and the last row, and samples the status.
  mutating func settle(at now: Duration) {
    let inputRows = input.fit(
      columns: size.columns - InputView.indent(columns: size.columns),
      maximumRows: ScreenLayout.maximumInputRows(size))
    layout = ScreenLayout(size: size, inputRows: isInputShown ? inputRows : 1, queued: queue.count)
    recall?.settle(columns: RecallView.columns(of: size.columns))
    commandList.settle(input)
    sampleStatus(at: now)
    transcript.typingCursor = typingCursor(for: status)
    settleTranscript()
    settleOverlay()
  }

  /// False while something else has the input's place.
  private var isInputShown: Bool { find == nil && selection == nil && recall == nil && toolQuestion == nil }

  /// That what is said here is not, or not yet, on the disk; nil where it is.
  private var unkept: String? {
    if !keepsHistory { return "not kept" }
    return isPrivate ? "private" : isUnsaved ? "not saved" : nil
  }

  /// Draws the first and the last row where they say something else now.
  private mutating func settleRows() {
    if layout.title != nil {
      let names = Screen.Title(
        provider: provider, model: model,
        chat: [unkept, title].compactMap { $0 },
        style: theme.title)
      titleRow.keep(names, columns: size.columns) { Screen.render($0, into: &$1) }
    }
    if layout.status != nil {
      statusRow.keep(StatusLine.Content(self), columns: size.columns) { StatusLine.render($0, into: &$1) }
    }
  }

  private mutating func settleOverlay() {
    switch overlay {
    case nil: break
    case .menu(var menu):
      // Taken out while it changes, so that it is not copied.
      overlay = nil
      menu.settle(rows: layout.overlay, columns: size.columns)
      overlay = .menu(menu)
    case .help(var page):
      page.settle(rows: layout.overlay)
      overlay = .help(page)
    }
  }

  /// Numbers move four times a second, a new state shows at once.
  private mutating func sampleStatus(at now: Duration) {
    let interval = sampleInterval
    comparison?.sample(every: interval, at: now)
    guard let turn else { return }
    // Reasoning and text may come by turns, piece by piece; that is no new state worth a flicker.
    let sample = turn.sample(at: now)
    let isNewState = sample.state != status.state && !(sample.state.isAnswering && status.state.isAnswering)
    guard isNewState || now >= sampledAt + interval else { return }
    status = sample
    sampledAt = now
  }

  /// Time between two looks at a running answer's numbers.
  private var sampleInterval: Duration { appearance.isAnimated ? StatusSample.interval : .seconds(1) }

  /// The sign at the end of an answer that comes: while the first piece is waited for, it turns with each sample.
  func typingCursor(for status: StatusSample) -> String {
    guard appearance.isAnimated, status.state.isWaiting, let elapsed = status.elapsed else {
      return TranscriptView.typingCursor
    }
    let step = elapsed.wholeMilliseconds / StatusSample.interval.wholeMilliseconds
    return TranscriptView.waitingCursors[step % TranscriptView.waitingCursors.count]
  }

  private mutating func resize(to size: Size) -> [Effect] {
    self.size = Size(columns: max(1, size.columns), rows: max(1, size.rows))
    return []
  }

  /// Adds a line of the program's own.
  @discardableResult
  mutating func addNotice(_ text: String) -> [Effect] {
    transcript.add { .notice(id: $0, text: text) }
    return []
  }
}
