import TerminalModel

/// How the transcript is laid out at present.
struct TranscriptOptions: Equatable, Sendable {
  /// Columns of the screen.
  var width = 80
  /// Whether the model's reasoning is shown, or one line in its place.
  var isReasoningOpen = false
}

/// A part of a transcript's item that has a look of its own. Its text comes from outside and is shown sanitised.
struct TranscriptBlock: Equatable, Sendable {
  /// What a block holds, which decides its look.
  enum Kind: Equatable, Sendable {
    /// The empty line before an item.
    case gap
    /// Who speaks.
    case head(isUser: Bool)
    case text, refusal
    case reasoning
    case toolName, toolArguments
    /// How the answer ended, in brackets.
    case mark
    /// What went wrong, what the server said of it, and what to do.
    case problem, problemDetail, remedy
    /// A line of the program's own.
    case notice
  }

  let kind: Kind
  private(set) var content: WrappedText
  /// Words so far; counted for reasoning only.
  private(set) var words = 0
  private var isInWord = false

  /// A block with the beginning of its text.
  init(_ kind: Kind, _ text: String = "") {
    self.kind = kind
    content = WrappedText()
    append(text)
  }

  /// Adds a piece; costs its length.
  mutating func append(_ piece: String) {
    if kind == .reasoning { countWords(of: piece) }
    content.append(piece)
  }

  /// Nothing more will be added.
  mutating func end() { content.end() }

  /// More will be added after all.
  mutating func reopen() { content.reopen() }

  /// Replaces the text of a short block.
  mutating func setText(_ text: String) {
    if content.text != text { content = WrappedText(text) }
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
    case .reasoning, .toolArguments: options.width >= 20 ? 2 : 0
    default: 0
    }
  }

  /// Lines before those of the text: the line that stands for the reasoning.
  var headerLines: Int { kind == .reasoning ? 1 : 0 }

  /// Whether the text itself is shown: a gap has none, folded reasoning hides it.
  func showsText(_ options: TranscriptOptions) -> Bool {
    kind != .gap && (kind != .reasoning || options.isReasoningOpen)
  }

  /// Wraps the text if it is shown.
  mutating func layOut(_ options: TranscriptOptions) {
    if showsText(options) { content.layOut(width: max(1, options.width - indent(options))) }
  }

  /// Lines at the last layout.
  func lineCount(_ options: TranscriptOptions) -> Int {
    if kind == .gap { return 1 }
    return headerLines + (showsText(options) ? content.lineCount : 0)
  }

  /// Columns of the last line; 0 for an empty one.
  func lastLineColumns(_ options: TranscriptOptions) -> Int {
    showsText(options) ? indent(options) + (content.lines.last?.columns ?? 0) : 0
  }
}
