import TerminalModel

extension TextLine {
  /// What stands on the line, not sanitised.
  public var text: String { spans.map(\.text).joined() }

  /// The line as cells, sanitised; a link that a terminal may open is a part of their style.
  ///
  /// `style`: how the theme draws a look.
  public func cells(style: (TextLook) -> Style) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(columns)
    for span in spans {
      var own = style(span.look)
      if let target = span.target { own.link = Hyperlink(target) }
      cells += DisplayText(span.text, style: own, column: cells.count).cells
    }
    return cells
  }
}
