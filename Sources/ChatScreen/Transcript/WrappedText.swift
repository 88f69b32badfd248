import TerminalModel

/// A text that grows, laid out only once it is looked at, and then piece by piece.
struct WrappedText: Equatable, Sendable {
  /// The text until it is first laid out; the wrapper holds it from then on.
  private var unwrapped: String
  private var wrapper: TextWrapper?
  /// Nothing more is added: empty lines at the end are not shown.
  private var isEnded = false

  /// A text that is not laid out yet.
  init(_ text: String = "") { unwrapped = text }

  /// The layout follows from the text, so it does not count.
  static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  var text: String { wrapper?.text ?? unwrapped }
  var isEmpty: Bool { wrapper?.text.isEmpty ?? unwrapped.isEmpty }
  var utf8Count: Int { wrapper?.text.utf8.count ?? unwrapped.utf8.count }

  /// The lines at the last layout's width; none before the first.
  var lines: [TextWrapper.Line] { wrapper?.lines ?? [] }

  /// Lines that are shown.
  var lineCount: Int {
    var count = lines.count
    if isEnded { while count > 1 && lines[count - 1].columns == 0 { count -= 1 } }
    return count
  }

  /// Nothing more will be added; empty lines at the end are hidden from now on.
  mutating func end() { isEnded = true }

  /// More will be added after all.
  mutating func reopen() { isEnded = false }

  /// Adds a piece; costs its length.
  mutating func append(_ piece: String) {
    if wrapper == nil { unwrapped += piece } else { wrapper?.append(piece) }
  }

  /// Wraps to a width; costs nothing when that is the last one.
  mutating func layOut(width: Int) {
    if wrapper == nil {
      wrapper = TextWrapper(width: width, text: unwrapped)
      unwrapped = ""
    } else {
      wrapper?.resize(width: width)
    }
  }

  /// The line that holds the byte at `offset`.
  func lineIndex(ofOffset offset: Int) -> Int {
    var low = 0
    var high = lineCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].range.lowerBound <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The cells of a line of the last layout.
  func cells(ofLine line: Int, style: Style) -> [Cell] {
    guard let wrapper, wrapper.lines.indices.contains(line) else { return [] }
    return wrapper.cells(of: wrapper.lines[line], style: style)
  }
}
