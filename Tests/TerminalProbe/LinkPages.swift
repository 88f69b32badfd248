import TerminalModel

/// Frames with links, one after the other, for the tests of what the terminal's cells carry.
struct LinkPages {
  private(set) var number = 0

  mutating func turn() { number += 1 }

  private static let swift = Hyperlink("https://swift.org/a?b=c")
  private static let other = Hyperlink("http://example.org/")

  /// The frame of the page at hand; the same texts on all but the last ones.
  func frame(_ size: Size) -> Frame {
    var frame = Frame(size: size)
    var column = 0
    for (text, link) in words {
      // The same look with and without a link: what ncurses need not write anew when the link goes.
      let isPlain = text.contains(" ")
      let style = Style(foreground: isPlain ? .standard : .palette(4), link: link)
      column += frame.put(text, at: Position(column: column, row: 1), style: style)
    }
    // One link over the end of a row.
    let last = size.columns - 4
    let wrapped = Style(attributes: .underline, link: Self.swift)
    frame.put("wrap", at: Position(column: last, row: 2), style: wrapped)
    frame.put("ped", at: Position(column: 0, row: 3), style: wrapped)
    frame.put("page \(number)", at: Position(column: 0, row: 0))
    frame.cursor = Position(column: 3, row: 4)
    return frame
  }

  private var words: [(String, Hyperlink?)] {
    switch number {
    case 0: [("see ", nil), ("swift", Self.swift), (" and ", nil), ("漢字", Self.other), (" end", nil)]
    // The text stays, one link goes, the other leads elsewhere.
    case 1: [("see ", nil), ("swift", nil), (" and ", nil), ("漢字", Self.swift), (" end", nil)]
    // All moves one column to the right.
    case 2: [("!see ", nil), ("swift", Self.swift), (" and ", nil), ("漢字", Self.other), (" end", nil)]
    // Shorter, and half a wide character less.
    case 3: [("see ", nil), ("swift", Self.swift), (" an ", nil), ("漢", Self.other)]
    case 4: [("12345see ", nil), ("swift", Self.swift), (" and more", nil)]
    // Moved by as much as the link is wide, and no link any more.
    case 5: [("see ", nil), ("swift", nil), (" and more", nil)]
    default: []
    }
  }
}
