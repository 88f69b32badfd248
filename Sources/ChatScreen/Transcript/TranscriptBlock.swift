import MarkdownText
import TerminalModel

/// How the transcript is laid out at present.
struct TranscriptOptions: Equatable, Sendable {
  /// Columns of the screen.
  var width = 80
  /// The most columns of running text; nil for all.
  var textWidth: Int?
  /// Whether the model's reasoning is shown, or one line in its place.
  var isReasoningOpen = false
  /// The key that opens and folds it.
  var reasoningKey: String?
  /// Whether answers are shown as they came, not as what their Markdown means.
  var isRaw = false
  /// Whether long lines of code wrap, or go on past the edge.
  var wrapsCode = true
  /// Columns that code is moved to the left by where it does not wrap.
  var sideways = 0
}

/// A part of a transcript's item that has a look of its own. Its text comes from outside and is shown sanitised.
struct TranscriptBlock: Equatable, Sendable {
  /// What a block holds, which decides its look.
  enum Kind: Equatable, Sendable {
    /// The empty line before an item.
    case gap
    /// Who speaks.
    case head(isUser: Bool)
    /// What the user wrote.
    case message
    /// What went along with it.
    case attachment
    case text, refusal
    case reasoning
    case toolName, toolArguments
    /// What is run for a call, and what it said.
    case toolCommand, toolOutput
    /// How the answer ended, in brackets.
    case mark
    /// What went wrong, what the server said of it, and what to do.
    case problem, problemDetail, remedy
    /// A line of the program's own.
    case notice
  }

  let kind: Kind
  var content: BlockContent
  /// Words so far; counted for reasoning only.
  private(set) var words = 0
  private var isInWord = false

  /// A block with the beginning of its text.
  init(_ kind: Kind, _ text: String = "") {
    self.kind = kind
    content = BlockContent(isMarkdown: kind.isMarkdown)
    append(text)
  }

  /// Adds a piece; costs its length.
  mutating func append(_ piece: String) {
    if kind.isFolded { countWords(of: piece) }
    content.append(piece)
  }

  /// Nothing more will be added.
  mutating func end() { content.end() }

  /// More will be added after all.
  mutating func reopen() { content.reopen() }

  /// Replaces the text of a short block.
  mutating func setText(_ text: String) {
    guard content.source != text else { return }
    content = BlockContent(isMarkdown: kind.isMarkdown)
    content.append(text)
  }

  private mutating func countWords(of piece: String) {
    for byte in piece.utf8 {
      let isBlank = byte <= 0x20
      if !isBlank && !isInWord { words += 1 }
      isInWord = !isBlank
    }
  }

  /// Columns left free at the left, where there is room to spare.
  func indent(_ options: TranscriptOptions) -> Int {
    switch kind {
    case .reasoning, .toolArguments, .toolCommand, .toolOutput: options.width >= 20 ? 2 : 0
    default: 0
    }
  }

  /// Parts before those of the text, of one line each: the empty line of a gap, the line that stands for the reasoning.
  var headerParts: Int { kind == .gap || kind.isFolded ? 1 : 0 }

  /// Whether the text itself is shown: a gap has none, folded reasoning hides it.
  func showsText(_ options: TranscriptOptions) -> Bool {
    kind != .gap && (!kind.isFolded || options.isReasoningOpen)
  }

  /// Parts that are shown, headers with them.
  mutating func partCount(_ options: TranscriptOptions) -> Int {
    headerParts + (showsText(options) ? content.partCount(options) : 0)
  }

  /// Lays out a part, and tells how many lines it has.
  mutating func layOut(part: Int, _ options: TranscriptOptions) -> Int {
    if part < headerParts { return 1 }
    return content.layOut(part: part - headerParts, width: width(options), options)
  }

  /// Columns of the text as a whole. Markdown looks to its running text itself, arguments of tools are code, and what is
  /// shown as it came may hold code.
  private func width(_ options: TranscriptOptions) -> Int {
    let room = max(1, options.width - indent(options))
    guard !kind.isMarkdown, kind != .toolArguments, kind != .toolOutput, let textWidth = options.textWidth else {
      return room
    }
    return min(room, textWidth)
  }
}

extension TranscriptBlock.Kind {
  /// True for what models write Markdown in.
  var isMarkdown: Bool { self == .text || self == .refusal }

  /// True for what one line stands for until it is opened.
  var isFolded: Bool { self == .reasoning || self == .toolOutput }

  /// True for the line that says who speaks.
  var isHead: Bool { if case .head = self { true } else { false } }

  /// True for what is said about how an answer ended.
  var isEnding: Bool {
    switch self {
    case .mark, .problem, .problemDetail, .remedy: true
    default: false
    }
  }

  /// True for what a model said.
  var isContent: Bool {
    switch self {
    case .text, .refusal, .reasoning, .toolName, .toolArguments, .toolCommand, .toolOutput: true
    default: false
    }
  }
}
