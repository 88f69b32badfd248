/// Lists of all kinds.
extension BlockWriter {
  mutating func writeList(_ list: MarkdownList) {
    let bullet = LayoutGlyphs.bullets[min(bulletDepth, LayoutGlyphs.bullets.count - 1)]
    if list.start == nil { bulletDepth += 1 }
    let markers = list.markers(bullet: bullet)
    let numbers = list.numberWidths
    let numberWidth = numbers.max() ?? 0
    let places = numbers.map { numberWidth - $0 }
    let width = zip(places, markers).reduce(0) { max($0, $1.0 + $1.1.unicodeScalars.count) }
    for (index, item) in list.items.enumerated() {
      if index > 0 {
        offset += 1
        if !list.isTight { writeEmptyLine() }
      }
      writeItem(item, marker: markers[index], place: places[index], width: width, apart: !list.isTight)
    }
    if list.start == nil { bulletDepth -= 1 }
  }

  /// - Parameters:
  ///   - place: the column of the marker: numbers are aligned at their right, all else at its left.
  ///   - width: what the markers of the list take, so that all its text is in one column.
  private mutating func writeItem(_ item: MarkdownList.Item, marker: String, place: Int, width: Int, apart: Bool) {
    let outer = margin
    if room - width >= Self.leastRoom {
      let blanks = String(repeating: " ", count: width)
      let padding = blanks.dropFirst(place + marker.unicodeScalars.count)
      margin.add(next: blanks.prefix(place) + marker + padding, rest: blanks)
    } else {
      looseMarkers += marker
    }
    let first = lines.count
    write(item.blocks, apart: apart)
    flushLooseMarkers()
    if lines.count == first { writeEmptyLine() }
    leave(to: outer, written: true)
  }
}

extension MarkdownList {
  /// The columns of each item's number; 0 in a bullet list.
  fileprivate var numberWidths: [Int] {
    items.indices.map { index in start.map { "\($0 &+ index)".utf8.count } ?? 0 }
  }

  /// What stands before each item, with the space behind it.
  func markers(bullet: String) -> [String] {
    items.enumerated().map { index, item in
      let task = item.isDone.map { $0 ? "[x] " : "[ ] " }
      guard let start else { return task ?? bullet + " " }
      return "\(start &+ index). " + (task ?? "")
    }
  }
}
