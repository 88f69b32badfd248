import ChatEngine
import ChatModel
import ChatScreen
import CursesTerminal
import TerminalModel

/// Ties the terminal to the state: what happens goes into `AppState.apply`, what it asks for is done, what it shows is
/// painted when the pacer says so. Decides nothing itself.
@TerminalActor final class FullScreenChat {
  private let terminal: CursesTerminal
  private let signals: SignalPipe
  private let configuration: Configuration
  private let catalog: ProviderCatalog
  private let resumed: ConversationID?
  private let clock = PausableClock()
  private let time: TurnClock
  private var state: AppState
  private var pacer = FramePacer()
  private var session: SessionRunner?
  private var tools: AskedTools?
  private let clipboard: Clipboard
  /// The copy under way: what is copied last is to be there last.
  private var copying: Task<Void, Never>?
  private let editor: TextEditor
  private let files: FileWriter
  private let attached: AttachedFile
  private let shell: ShellCommand
  /// Ends the command that the user had run.
  private var running: CommandInterruption?
  /// The file that is being written, which the end waits for.
  private var saving: Task<Void, Never>?
  private let prompts: PromptFiles
  /// The change of a prompt's file that is under way.
  private var changingPrompts: Task<Void, Never>?
  private var exitCode: ExitCode?
  /// When the state wants its next tick; nil until it was asked, once a round, since that copies it.
  private var tick: Duration?
  /// The window's title may be another one now.
  private var isTitleStale = true

  /// - Parameter resumed: the saved chat to take up.
  init(
    _ configuration: Configuration, catalog: ProviderCatalog, resuming resumed: ConversationID?,
    terminal: CursesTerminal, signals: SignalPipe
  ) {
    self.configuration = configuration
    self.catalog = catalog
    prompts = PromptFiles(places: catalog.promptPlaces)
    self.resumed = resumed
    self.terminal = terminal
    self.signals = signals
    time = TurnClock(clock)
    clipboard = Clipboard(terminal: terminal, options: configuration.screen)
    editor = TextEditor(terminal: terminal, choice: configuration.screen.editor)
    files = FileWriter(home: configuration.environment["HOME"])
    attached = AttachedFile(home: configuration.environment["HOME"])
    shell = ShellCommand(environment: configuration.screen.childEnvironment)
    var appearance = configuration.screen.appearance
    appearance.colors = terminal.colors
    appearance.hasItalics = terminal.hasItalics
    state = AppState(
      size: terminal.size, provider: configuration.provider.name, model: configuration.provider.shownModel,
      systemPrompt: configuration.systemPrompt,
      prompts: PromptList(configuration.library),
      offers: catalog.offers,
      choices: catalog.choices(beginningWith: configuration.systemPrompt), isReady: false,
      notices: Self.notices(configuration), isSmooth: configuration.screen.isSmooth,
      keepsHistory: configuration.keepsHistory, appearance: appearance, keys: configuration.screen.keys,
      bellAfter: configuration.screen.bellAfter)
  }

  private static func notices(_ configuration: Configuration) -> [String] {
    var notices = configuration.library.problems
    if configuration.isFallback {
      notices.insert(
        """
        Nothing is configured yet, so the built-in demo answers: say hello, or one of markdown, long, unicode, tools, \
        reasoning, slow, stall, drop, error. `aichat-tui config check` tells how to reach a real model.
        """, at: 0)
    }
    return notices
  }

  /// Runs until the user or a signal ends it; gives the terminal back.
  func run() -> ExitCode {
    pacer.changed(urgent: true)
    _ = paint()
    connect()
    TerminalActor.shared.loop.run(
      signals: signals,
      onInput: { for input in terminal.readInput() { apply(.input(input)) } },
      onSignal: { take($0) },
      afterBatch: { paint() })
    editor.stop()
    running?.raise()
    // A hung-up terminal has nobody to read a last answer.
    terminal.close(leaving: exitCode == .hungUp ? "" : state.leavingText ?? "")
    if let draft = state.draftToKeep { session?.perform(.history(.keepDraft(draft))) }
    session?.stop()
    if let saving { Blocking.run { await saving.value } }
    return exitCode ?? .success
  }

  /// Gets ready to send, after the first paint: what is typed meanwhile waits in the input.
  private func connect() {
    let deliver: @Sendable (AppEvent) -> Void = { [weak self] event in
      TerminalActor.shared.loop.post { self?.apply(event) }
    }
    let tools = AskedTools(configuration.runnableTools, allowed: configuration.allowedTools) {
      deliver(.toolAsked($0))
    } tell: {
      deliver(.toolRuns($0))
    }
    self.tools = tools
    let (connection, failure) = connection(with: tools)
    let talk = SavedTalk(connection, configuration) { deliver(.history($0.event)) }
    let session = SessionRunner(
      connection, talk, ServiceSwitch(catalog: catalog, connection: connection, talk: talk), files: files,
      deliver: deliver)
    self.session = session
    if configuration.keepsHistory {
      session.perform(.history(.inputs))
      // A chat that is taken up brings its own.
      if resumed == nil { session.perform(.history(.draft)) }
    }
    if let resumed {
      // An option of the command line says who answers.
      session.perform(.history(configuration.isServiceOption ? .open(resumed, hit: nil) : .resume(resumed)))
      if configuration.isPromptOption { session.perform(.history(.switchPrompt(configuration.systemPrompt))) }
    }
    apply(failure.map { .unavailable(ChatError(.config, $0.message)) } ?? .ready(configuration.facts))
  }

  /// The connection; where the service cannot be set up, one that has none, and why.
  private func connection(with tools: AskedTools) -> (ChatConnection, CommandFailure?) {
    do throws(CommandFailure) {
      let connection = try ChatConnection(
        configuration, clock: clock, tools: tools, gathering: FramePacer.streaming, announcesSilence: true)
      return (connection, nil)
    } catch {
      let connection = ChatConnection(
        unreachable: configuration, clock: clock, tools: tools, gathering: FramePacer.streaming)
      return (connection, error)
    }
  }

  private func apply(_ event: AppEvent) {
    // Nothing is to be sent or shown by a program that is ending.
    guard exitCode == nil else { return }
    let model = state.model
    let effects = state.apply(event, at: time.now)
    tick = nil
    // The pieces of an answer leave the title as it is.
    isTitleStale = isTitleStale || event.isUrgent || state.model != model
    pacer.changed(urgent: event.isUrgent)
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .send, .retry, .takeBack, .carryOn, .compact, .cancel, .setSystemPrompt, .clear, .history, .listModels, .adopt,
      .extend, .compare, .keepCompared:
      session?.perform(effect)
    case .prompts(let request): change(request)
    case .bell: terminal.ring()
    case .answerTool(let id, let decision): tools?.decide(id, decision)
    case .quit: end(.success)
    case .suspend: suspend()
    case .redraw: terminal.redraw()
    case .setMouse(let isOn): terminal.setMouse(isOn)
    case .copy(let text): copy(text)
    case .edit(let text): Task { apply(.edited(await editor.edit(text))) }
    case .attach(let ticket, let path):
      answer { [attached] in .attached(ticket: ticket, attached.read(path)) }
    case .run(let ticket, let command): run(command, ticket: ticket)
    case .endCommand: running?.raise()
    case .completePath(let path):
      answer { [attached] in .completions(of: path, attached.paths(beginningWith: path)) }
    case .save(let path, let text, let overwrites): save(text, to: path, overwrites: overwrites)
    }
  }

  /// Does what is asked of the prompts' files, one thing after the other.
  private func change(_ request: PromptRequest) {
    changingPrompts = Task { [before = changingPrompts, prompts] in
      await before?.value
      apply(await prompts.perform(request) { text in await self.editor.edit(text) })
    }
  }

  /// Writes on another thread: a disk may take its time.
  private func save(_ text: String, to path: String, overwrites: Bool) {
    saving = Task.detached { [before = saving, files, weak self] in
      await before?.value
      let outcome = await Blocking.call { files.write(text, to: path, overwrites: overwrites) }
      Task { @TerminalActor in self?.apply(.saved(outcome)) }
    }
  }

  /// Runs a command on another thread; the one before it is over.
  private func run(_ command: String, ticket: Int) {
    let interruption = CommandInterruption()
    running = interruption
    answer { [shell] in .ran(ticket: ticket, shell.run(command, until: interruption)) }
  }

  /// Asks another thread: a disk may take its time.
  private func answer(_ question: @escaping @Sendable () -> AppEvent) {
    Task.detached { [weak self] in
      let event = await Blocking.call(question)
      Task { @TerminalActor in self?.apply(event) }
    }
  }

  private func copy(_ text: String) {
    let before = copying
    copying = Task { [clipboard] in
      await before?.value
      apply(.copied(await clipboard.copy(text)))
    }
  }

  private func take(_ signal: Signal) {
    switch signal {
    case .resize:
      terminal.updateSize()
      apply(.resized(terminal.size))
    case .suspend: suspend()
    case .resume:
      terminal.resume()
      apply(.resized(terminal.size))
    // A program that the terminal is lent to got it too, and it is meant.
    case .interrupt where terminal.isLent: break
    case .interrupt: apply(.input(.key(Key(.character("c"), .control))))
    case .terminate: end(.terminated)
    case .hangup: end(.hungUp)
    }
  }

  /// Stops the program as Ctrl-Z does. The clock stands still meanwhile, so that no answer times out unread.
  private func suspend() {
    clock.pause()
    terminal.suspend()
    clock.resume()
    apply(.resized(terminal.size))
  }

  private func end(_ code: ExitCode) {
    exitCode = exitCode ?? code
    TerminalActor.shared.loop.stop()
  }

  /// Paints if it is time, and tells how long the loop may sleep.
  private func paint() -> Duration? {
    let now = time.now
    if let tick, tick <= now { apply(.tick) }
    if let due = pacer.nextPaint(at: now), due <= now {
      terminal.paint(Screen.render(state))
      if isTitleStale, configuration.screen.hasTitle { terminal.setTitle(state.windowTitle) }
      isTitleStale = false
      pacer.painted(at: now)
    }
    tick = state.nextTick(at: now)
    let next = [pacer.nextPaint(at: now), tick].compactMap { $0 }.min()
    return next.map { $0 - now }
  }
}
