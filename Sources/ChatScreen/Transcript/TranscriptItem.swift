import ChatModel

/// A message, an answer or a line of the program's own in the transcript: a column of blocks.
struct TranscriptItem: Equatable, Sendable {
  /// Who speaks: the user, a model, the program.
  enum Kind: Equatable, Sendable { case user, answer, notice }

  /// Rises from item to item; names the item while others go.
  private(set) var id: Int
  let kind: Kind
  var blocks: [TranscriptBlock]
  /// The answer still comes: a typing cursor stands at its end.
  var isRunning = false
  /// The answer broke off or was stopped after some of its text.
  private(set) var isUnfinished = false
  /// How the answer ended before it was carried on.
  private var leftEnding: [TranscriptBlock] = []
  private var tools = ToolCallAssembler()
  /// The arguments as shown, by the call's place.
  private var toolArguments: [ShownArguments] = []
  /// Its place among others that were said in its stead.
  var alternative: Alternative? { didSet { setHead() } }
  /// A user's message: the files that went along.
  private(set) var attachments: [Attachment] = []
  /// Who speaks, as its head says; nil for a line of the program's own.
  private var speaker: String?

  /// Begins with a gap.
  init(id: Int, kind: Kind, blocks: [TranscriptBlock], alternative: Alternative? = nil) {
    self.id = id
    self.kind = kind
    self.alternative = alternative
    self.blocks = [TranscriptBlock(.gap)] + blocks
  }

  mutating func addGap() { if blocks.first?.kind != .gap { blocks.insert(TranscriptBlock(.gap), at: 0) } }

  /// Who speaks is said elsewhere.
  mutating func removeHead() { blocks.removeAll(where: \.kind.isHead) }

  /// The same at another place, where it says who speaks. To be asked for what is over.
  func withHead(id: Int) -> TranscriptItem {
    var item = self
    item.id = id
    if let gap = item.blocks.firstIndex(where: { $0.kind == .gap }), !item.blocks.contains(where: \.kind.isHead) {
      item.blocks.insert(TranscriptBlock(.head(isUser: false)), at: gap + 1)
    }
    item.setHead()
    return item
  }

  /// The first item has none.
  mutating func removeGap() { if blocks.first?.kind == .gap { blocks.removeFirst() } }

  /// A message of the user, and below it what went along.
  static func user(
    id: Int, text: String, attachments: [Attachment] = [], alternative: Alternative? = nil
  ) -> TranscriptItem {
    var blocks = [TranscriptBlock(.head(isUser: true)), TranscriptBlock(.message, text)]
    if !attachments.isEmpty {
      let lines = attachments.map { "+ " + $0.summary }
      blocks.append(TranscriptBlock(.attachment, lines.joined(separator: "\n")))
    }
    var item = TranscriptItem(id: id, kind: .user, blocks: blocks, alternative: alternative)
    item.attachments = attachments
    for index in item.blocks.indices.suffix(blocks.count - 1) { item.blocks[index].end() }
    item.setSpeaker("You")
    return item
  }

  /// An answer of which nothing has come yet.
  static func answer(id: Int, model: String?, alternative: Alternative? = nil) -> TranscriptItem {
    let head = TranscriptBlock(.head(isUser: false))
    var item = TranscriptItem(id: id, kind: .answer, blocks: [head], alternative: alternative)
    item.isRunning = true
    item.setSpeaker("Assistant")
    if let model { item.setModel(model) }
    return item
  }

  /// A saved answer.
  static func answer(id: Int, _ message: SavedMessage, alternative: Alternative? = nil) -> TranscriptItem {
    let saved = message.answer ?? SavedAnswer(status: .complete)
    var item = answer(id: id, model: saved.model, alternative: alternative)
    let result = saved.result(content: message.content)
    item.rebuild(from: result)
    item.finish(result)
    if saved.status == nil { item.markAsInterrupted() }
    return item
  }

  /// Its end was not written: it counts as stopped, but nobody stopped it.
  private mutating func markAsInterrupted() {
    if blocks.last?.kind == .mark { blocks[blocks.count - 1].setText(TurnEnding.interrupted) }
  }

  /// A line of the program.
  static func notice(id: Int, text: String) -> TranscriptItem {
    TranscriptItem(id: id, kind: .notice, blocks: [TranscriptBlock(.notice, text)])
  }

  /// What went wrong outside of any turn.
  static func problem(id: Int, _ error: ChatError) -> TranscriptItem {
    TranscriptItem(id: id, kind: .notice, blocks: TurnEnding.blocks(for: error))
  }

  /// A line of the program: another system prompt counts.
  static func promptChanged(id: Int, to prompt: SystemPrompt) -> TranscriptItem {
    notice(id: id, text: "System prompt: \(prompt.name) · from the next message on")
  }

  private mutating func setSpeaker(_ name: String) {
    speaker = name
    setHead()
  }

  private mutating func setHead() {
    guard let speaker, let index = blocks.firstIndex(where: \.kind.isHead) else { return }
    blocks[index].setText(speaker + (alternative.map { " ‹\($0.place)/\($0.count)›" } ?? ""))
  }

  /// The answer's text so far.
  var text: String {
    blocks.lazy.filter { $0.kind == .text || $0.kind == .refusal }.map(\.content.source).joined(separator: "\n")
  }

  /// True once anything of an answer came.
  var hasContent: Bool { blocks.contains { $0.kind.isContent && !$0.content.isEmpty } }

  /// True once an answer said something, or failed.
  var hasOutcome: Bool { hasContent || blocks.contains { $0.kind == .remedy } }

  /// Adds what came of the answer. Kinds stand in the order of their coming.
  mutating func add(_ event: ChatEvent) {
    switch event {
    case .text(let piece): append(piece, to: .text)
    case .reasoning(let piece): append(piece, to: .reasoning)
    case .refusal(let piece): append(piece, to: .refusal)
    case .toolCall(let fragment): add(fragment)
    case .model(let model): setModel(model)
    case .usage, .finishReason, .reference, .completed, .failed: break
    }
  }

  private mutating func setModel(_ model: String) {
    if !model.isEmpty { setSpeaker("Assistant · \(model)") }
  }

  private mutating func append(_ piece: String, to kind: TranscriptBlock.Kind) {
    if blocks[blocks.count - 1].kind != kind { blocks.append(TranscriptBlock(kind)) }
    blocks[blocks.count - 1].append(piece)
  }

  private mutating func add(_ fragment: ToolCallFragment) {
    tools.add(fragment)
    for (place, call) in tools.calls.enumerated() {
      if place == toolArguments.count {
        toolArguments.append(ShownArguments(block: blocks.count + 1))
        blocks.append(TranscriptBlock(.toolName, Self.toolLine(call)))
        blocks.append(TranscriptBlock(.toolArguments))
      }
      let block = toolArguments[place].block
      switch toolArguments[place].take(call.arguments) {
      case nil: break
      case .append(let piece): blocks[block].append(piece)
      case .replace(let text): blocks[block].setText(text)
      }
      blocks[block - 1].setText(Self.toolLine(call))
    }
  }

  /// Before the name of a tool.
  static let toolSign = "→ "

  /// What is going to be run for a call, exactly.
  mutating func addToolCommand(_ line: String) {
    blocks.append(TranscriptBlock(.toolCommand, line))
    blocks[blocks.count - 1].end()
  }

  /// What tools said; more of the answer may follow.
  mutating func addToolOutputs(_ outputs: [String]) {
    for output in outputs {
      blocks.append(TranscriptBlock(.toolOutput, output.isEmpty ? "(nothing)" : output))
      blocks[blocks.count - 1].end()
    }
    // What is called next has nothing to do with these.
    tools = ToolCallAssembler()
    toolArguments = []
  }

  /// A tool has spoken last.
  var endsInToolOutput: Bool { blocks.last { !$0.kind.isEnding }?.kind == .toolOutput }

  /// A saved answer that follows the tools of this one.
  mutating func takeUp(_ message: SavedMessage) {
    let saved = message.answer ?? SavedAnswer(status: .complete)
    while let kind = blocks.last?.kind, kind.isEnding { blocks.removeLast() }
    addContent(of: saved.result(content: message.content))
    close(saved.result(content: message.content))
    if saved.status == nil { markAsInterrupted() }
  }

  private static func toolLine(_ call: ToolCall) -> String { toolSign + (call.name ?? "(a tool without a name)") }

  /// Ends the answer. Where the result knows more or other text than came in pieces, the result is right.
  mutating func finish(_ result: TurnResult) {
    let isWhole =
      result.content.utf8.count == utf8Count(of: .text)
      && (result.reasoning ?? "").utf8.count == utf8Count(of: .reasoning)
    if !isWhole { rebuild(from: result) }
    close(result)
  }

  /// Adds to how it ended.
  mutating func addMark(_ text: String) { blocks.append(TranscriptBlock(.mark, text)) }

  private mutating func close(_ result: TurnResult) {
    if let model = result.model { setModel(model) }
    endContent()
    isUnfinished = result.isUnfinished
    leftEnding = []
    blocks += TurnEnding.blocks(for: result)
  }

  /// The answer comes again, after what there is of it: how it ended before is no longer said.
  mutating func goOn() {
    let end = blocks.lastIndex { !$0.kind.isEnding } ?? 0
    leftEnding = Array(blocks[(end + 1)...])
    blocks.removeSubrange((end + 1)...)
    blocks[end].reopen()
    isRunning = true
    isUnfinished = false
  }

  /// No more comes after all: it stands as it ended before.
  mutating func rest() {
    endContent()
    blocks += leftEnding
    isUnfinished = !leftEnding.isEmpty
  }

  /// Ends the answer at the reader's wish; says what went wrong where the request was about to be made again.
  mutating func stop(whileWaitingAfter error: ChatError? = nil) {
    endContent()
    isUnfinished = toolArguments.isEmpty && blocks.contains { $0.kind == .text && !$0.content.isEmpty }
    let title = error.map { " " + TurnEnding.title(of: $0) } ?? ""
    blocks.append(TranscriptBlock(.mark, "[Stopped]" + title))
    if let error, !error.message.isEmpty { blocks.append(TranscriptBlock(.problemDetail, error.message)) }
  }

  private mutating func endContent() {
    isRunning = false
    blocks[blocks.count - 1].end()
  }

  private func utf8Count(of kind: TranscriptBlock.Kind) -> Int {
    blocks.reduce(0) { $0 + ($1.kind == kind ? $1.content.utf8Count : 0) }
  }

  private mutating func rebuild(from result: TurnResult) {
    blocks.removeAll { $0.kind.isContent }
    tools = ToolCallAssembler()
    toolArguments = []
    for round in result.rounds {
      var part = TurnResult()
      (part.content, part.reasoning, part.toolCalls) = (round.content, round.reasoning, round.calls)
      addContent(of: part)
      addToolOutputs(round.outputs)
    }
    addContent(of: result.lastPart)
  }

  private mutating func addContent(of result: TurnResult) {
    if let reasoning = result.reasoning { append(reasoning, to: .reasoning) }
    if let refusal = result.refusal { append(refusal, to: .refusal) }
    if !result.content.isEmpty { append(result.content, to: .text) }
    for (index, call) in result.toolCalls.enumerated() {
      add(ToolCallFragment(index: index, id: call.id, name: call.name, arguments: call.arguments))
    }
  }
}

/// Lines: those of the item's blocks, part by part, one below the other.
extension TranscriptItem {
  /// Parts of a block; the typing cursor's own line is one behind those of the last block.
  mutating func partCount(block: Int, _ options: TranscriptOptions) -> Int {
    let count = blocks[block].partCount(options)
    guard isRunning, block == blocks.count - 1 else { return count }
    return count + (hasCursorLine(behind: count, options) ? 1 : 0)
  }

  /// Whether a part is the line of the typing cursor. To be asked for parts that there are.
  mutating func isCursorLine(block: Int, part: Int, _ options: TranscriptOptions) -> Bool {
    isRunning && block == blocks.count - 1 && part >= blocks[block].partCount(options)
  }

  /// Lays out a part, and tells how many lines it has.
  mutating func layOut(block: Int, part: Int, _ options: TranscriptOptions) -> Int {
    if isCursorLine(block: block, part: part, options) { return 1 }
    return blocks[block].layOut(part: part, options)
  }

  /// True when the typing cursor has a line of its own: below the head, and behind a line that fills the screen.
  private mutating func hasCursorLine(behind parts: Int, _ options: TranscriptOptions) -> Bool {
    let block = blocks.count - 1
    guard blocks[block].kind.isContent, parts > 0 else { return true }
    let part = parts - 1 - blocks[block].headerParts
    // The line that stands for reasoning is cut to leave room for it.
    if part < 0 { return false }
    let lines = blocks[block].layOut(part: parts - 1, options)
    if lines == 0 { return true }
    let last = blocks[block].content.line(lines - 1, ofPart: part, options)
    return blocks[block].indent(options) + last.columns >= options.width
  }
}
