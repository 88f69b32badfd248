/// What a highlighter remembers from line to line: what is still open, the innermost last. Empty in plain code.
struct HighlightState: Equatable, Sendable {
  /// Something that is open at the end of a line.
  enum Frame: Equatable, Sendable {
    /// A comment that holds others.
    case comment(depth: Int)
    /// A string of `rules.strings[rule]`. `mark`: what its end repeats of its beginning, such as the `##` of `##"`.
    case string(rule: Int, mark: [UInt8])
    /// Lines up to one that is `mark`. Raw ones have no escapes and variables.
    case heredoc(mark: [UInt8], isRaw: Bool, isIndented: Bool)
    /// Code within a string, up to a `close` that no `open` within it asked for.
    case interpolation(open: UInt8, close: UInt8, depth: Int)
    /// A string of a structured format, up to the byte.
    case quoted(UInt8)
    /// A block scalar: lines indented by more than this.
    case block(indent: Int)
    /// Markup: within a tag, whose content is of another language.
    case tag(content: CodeLanguage?)
    /// Markup: lines of another language.
    case embedded(CodeLanguage)
    /// Anything else that a scanner has one of: a rule's braces, a hunk, a comment.
    case section(Section)
  }

  enum Section: Equatable, Sendable {
    case comment, braces, value, hunk, oldName, front
    case fence(UInt8, Int)
  }

  var frames: [Frame] = []
  /// The line before ended with a mark that this one belongs to it.
  var isContinued = false

  /// How deep things may stand in each other; what is deeper is taken for text.
  static let deepest = 32

  mutating func push(_ frame: Frame) {
    if frames.count < Self.deepest { frames.append(frame) }
  }

  /// Ends the innermost, if any.
  mutating func pop() { _ = frames.popLast() }
}
