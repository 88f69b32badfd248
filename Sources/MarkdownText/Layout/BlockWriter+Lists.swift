/// Lists of all kinds.
extension BlockWriter {
  mutating func writeList(_ list: MarkdownList) {
    let bullet = LayoutGlyphs.bullets[min(bulletDepth, LayoutGlyphs.bullets.count - 1)]
    if list.start == nil { bulletDepth += 1 }
    let markers = list.markers(bullet: bullet)
    let width = markers.reduce(0) { max($0, $1.utf8.count == $1.count ? $1.utf8.count : $1.unicodeScalars.count) }
    for (index, item) in list.items.enumerated() {
      if index > 0 {
        offset += 1
        if !list.isTight { writeEmptyLine() }
      }
      writeItem(item, marker: markers[index], width: width, apart: !list.isTight)
    }
    if list.start == nil { bulletDepth -= 1 }
  }

  /// `width`: of the list's widest marker; numbers are aligned at their right.
  private mutating func writeItem(_ item: MarkdownList.Item, marker: String, width: Int, apart: Bool) {
    let outer = margin
    if room - width >= Self.leastRoom {
      let padding = String(repeating: " ", count: width - marker.unicodeScalars.count)
      margin.add(next: padding + marker, rest: String(repeating: " ", count: width))
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
  /// What stands before each item, with the space behind it.
  func markers(bullet: String) -> [String] {
    items.enumerated().map { index, item in
      let task = item.isDone.map { $0 ? "[x] " : "[ ] " }
      guard let start else { return task ?? bullet + " " }
      return "\(start &+ index). " + (task ?? "")
    }
  }
}
