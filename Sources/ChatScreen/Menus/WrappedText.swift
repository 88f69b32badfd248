import TerminalModel

/// A short text, laid out only once it is looked at.
struct WrappedText: Equatable, Sendable {
  private let text: String
  private var wrapper: TextWrapper?

  /// A text that is not laid out yet.
  init(_ text: String = "") { self.text = text }

  /// The layout follows from the text, so it does not count.
  static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  /// The lines at the last layout's width; none before the first.
  var lines: [TextWrapper.Line] { wrapper?.lines ?? [] }

  /// Wraps to a width; costs nothing when that is the last one.
  mutating func layOut(width: Int) {
    if wrapper == nil { wrapper = TextWrapper(width: width, text: text) } else { wrapper?.resize(width: width) }
  }

  /// The cells of a line of the last layout.
  func cells(ofLine line: Int, style: Style) -> [Cell] {
    guard let wrapper, wrapper.lines.indices.contains(line) else { return [] }
    return wrapper.cells(of: wrapper.lines[line], style: style)
  }
}
