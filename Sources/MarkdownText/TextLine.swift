/// One line of a laid out block: what stands on it, by looks. Colours are the theme's business.
public struct TextLine: Equatable, Sendable {
  /// A piece of one look.
  public struct Span: Equatable, Sendable {
    /// Not sanitised; without line ends.
    public var text: String
    public var look: TextLook
    /// Where a link points to, as it was written; nil where there is none.
    public var target: String?

    public init(_ text: String, _ look: TextLook = .plain, target: String? = nil) {
      self.text = text
      self.look = look
      self.target = target
    }
  }

  public var spans: [Span]
  /// Columns of all spans, at most the layout's width.
  public var columns: Int
  /// UTF-8 offset of the line's first character in the block's plain text: a place that no width moves. Never less than
  /// that of the line before.
  public var offset: Int

  public init(_ spans: [Span], columns: Int, offset: Int) {
    self.spans = spans
    self.columns = columns
    self.offset = offset
  }
}

/// What a piece of text is, which decides how it looks.
public struct TextLook: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    case text
    /// 1 to 6.
    case heading(Int)
    /// Code in a block that is not highlighted, or text between its tokens.
    case code
    case token(CodeToken.Kind)
    /// The language above a code block.
    case codeLabel
    case quote
    /// List markers, quote bars, rules, borders of tables, marks of wrapped lines.
    case ornament
    /// Where a link points to.
    case linkTarget
    case html
  }

  public var role: Role
  public var attributes: InlineAttributes

  public init(_ role: Role, _ attributes: InlineAttributes = []) {
    self.role = role
    self.attributes = attributes
  }

  public static let plain = TextLook(.text)
}
