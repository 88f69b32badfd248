import TerminalModel

/// As much of a text's beginning as some columns hold.
struct ClippedText {
  var text = ""
  var columns = 0
  private(set) var end: String.Index

  init(_ whole: Substring, columns limit: Int) {
    end = whole.startIndex
    for cluster in whole {
      let width = DisplayText.width(of: cluster, column: columns)
      guard columns + width <= limit else { break }
      columns += width
      text += cluster == "\t" ? String(repeating: " ", count: width) : String(cluster)
      end = whole.index(after: end)
    }
  }
}
