import MarkdownText
import TerminalModel

/// How everything looks, by what it is. Passed along as a value.
///
/// ```swift
/// var mine = Theme(name: "mine", basedOn: .terminal)
/// try mine.set("heading", to: "bold blue")
/// ```
public struct Theme: Equatable, Sendable {
  /// What it is chosen by.
  public internal(set) var name: String
  /// What it is like, in a few words.
  public internal(set) var summary = ""

  // The screen around the talk.
  var plain = Style.plain
  var secondary = Style(attributes: .dim)
  var strong = Style(attributes: .bold)
  var good = Style(attributes: .bold)
  var selected = Style(attributes: .reverse)
  var title = Style(attributes: .reverse)

  /// What is looked for, and the hit that one is at: laid over the look that is there.
  var found = Style(attributes: [.bold, .underline])
  var foundCurrent = Style(attributes: [.bold, .reverse])

  // The talk.
  var user = Style(attributes: .bold)
  var assistant = Style(foreground: .palette(5), attributes: .bold)
  var tool = Style(foreground: .palette(5))
  var mark = Style(foreground: .palette(5))
  var problem = Style(foreground: .palette(1), attributes: .bold)

  // Markdown.
  var heading = Style(foreground: .palette(5), attributes: .bold)
  var minorHeading = Style(attributes: .bold)
  /// What emphasis adds to the look of its text.
  var emphasis = Style.Attributes.italic
  var inlineCode = Style(foreground: .palette(5))
  var code = Style.plain
  var codeLabel = Style(attributes: .dim)
  var quote = Style.plain
  var ornament = Style(attributes: .dim)
  var link = Style(attributes: .underline)
  var linkTarget = Style(attributes: .dim)
  var html = Style(attributes: .dim)

  // Code. Of the terminal's colours, magenta is the one that most palettes keep legible on light and on dark; green is for
  // strings alone, and yellow, cyan and the blues are left out.
  var keyword = Style(foreground: .palette(5))
  var type = Style(attributes: .bold)
  var string = Style(foreground: .palette(2))
  var escape = Style(foreground: .palette(5))
  var number = Style(foreground: .palette(5))
  var comment = Style(attributes: .dim)
  var function = Style.plain
  var constant = Style(foreground: .palette(5))
  var attribute = Style(foreground: .palette(5))
  var tag = Style(attributes: .bold)
  var property = Style.plain
  var key = Style(foreground: .palette(5), attributes: .bold)
  var inserted = Style(foreground: .palette(2))
  var deleted = Style(foreground: .palette(1))
  var meta = Style(foreground: .palette(5))

  /// A theme of one's own, which begins as another one.
  public init(name: String, basedOn base: Theme) {
    self = base
    self.name = name
    summary = "your own, from \(base.name)"
  }

  init(named name: String) { self.name = name }

  /// The terminal's own colours.
  static let standard = Theme.terminal
}

/// Looks of the transcript.
extension Theme {
  /// How the plain text of a block looks.
  func style(of kind: TranscriptBlock.Kind) -> Style {
    switch kind {
    case .head(isUser: true): user
    case .head(isUser: false): assistant
    case .gap, .message, .text, .problemDetail: plain
    case .refusal, .mark: mark
    case .reasoning, .toolArguments, .toolCommand, .toolOutput, .notice, .remedy, .attachment: secondary
    case .toolName: tool
    case .problem: problem
    }
  }

  /// How a piece of a laid out line looks, in a block whose plain text looks like `base`.
  func style(of look: TextLook, base: Style) -> Style {
    let attributes = look.attributes
    var style = style(of: look.role, base: base)
    if attributes.contains(.code), look.role == .text { style = inlineCode }
    if attributes.contains(.strong) { style.attributes.insert(.bold) }
    if attributes.contains(.emphasis) { style.attributes.formUnion(emphasis) }
    if attributes.contains(.link) { style.attributes.formUnion(link.attributes) }
    return style
  }

  /// Lays the look of a hit over another.
  func mark(_ style: inout Style, isCurrent: Bool) {
    let over = isCurrent ? foundCurrent : found
    style.attributes.formUnion(over.attributes)
    if over.foreground != .standard { style.foreground = over.foreground }
    if over.background != .standard { style.background = over.background }
  }

  private func style(of role: TextLook.Role, base: Style) -> Style {
    switch role {
    case .text: base
    case .heading(let level): level <= 2 ? heading : minorHeading
    case .code: code
    case .token(let kind): style(of: kind)
    case .codeLabel: codeLabel
    case .quote: quote
    case .ornament: ornament
    case .linkTarget: linkTarget
    case .html: html
    }
  }

  private func style(of token: CodeToken.Kind) -> Style {
    switch token {
    case .keyword: keyword
    case .type: type
    case .string: string
    case .escape: escape
    case .number: number
    case .comment: comment
    case .function: function
    case .constant: constant
    case .attribute: attribute
    case .tag: tag
    case .property: property
    case .key: key
    case .inserted: inserted
    case .deleted: deleted
    case .meta: meta
    }
  }
}
