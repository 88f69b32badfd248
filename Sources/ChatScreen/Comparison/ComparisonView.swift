import TerminalModel

/// Draws several answers, each below a header that says whose it is and how far it is.
enum ComparisonView {
  /// Draws them in their places.
  static func render(_ comparison: Comparison, into frame: inout Frame, theme: Theme) {
    let layout = comparison.layout
    if let row = layout.question {
      let line = inOneRow("You: " + comparison.question, columns: frame.size.columns)
      frame.put(line, at: Position(column: 0, row: row), style: theme.user)
    }
    for column in layout.lines {
      for row in layout.rows { frame.put("│", at: Position(column: column, row: row), style: theme.secondary) }
    }
    for (index, area) in layout.areas.enumerated() {
      guard let area else { continue }
      let answer = comparison.answers[index]
      let place = "\(index + 1)/\(comparison.answers.count)"
      header(answer, place, isFocused: index == comparison.focus, area, into: &frame, theme)
      for (row, content) in zip(area.text, answer.transcript.page.rows.dropFirst()) {
        frame.put(content.cells, at: Position(column: area.columns.lowerBound, row: row), limit: area.columns.count)
      }
      // That of the focused one stands above the input.
      if index != comparison.focus, let mark = answer.transcript.newMark, let row = area.text.last {
        let width = min(DisplayText.width(of: mark), area.columns.count)
        frame.put(
          mark, at: Position(column: area.columns.upperBound - width, row: row), style: theme.selected, limit: width)
      }
    }
  }

  /// The first line of a text, with a sign where there is more.
  private static func inOneRow(_ text: String, columns: Int) -> String {
    // However long it is, only its beginning is measured.
    let begun = text.prefix(2 * columns + 8)
    let line = String(begun.prefix { !$0.isNewline })
    let hasMore = begun.dropFirst(line.count).contains { !$0.isWhitespace }
    return Hint(text: hasMore ? line + " …" : line).fitted(into: columns)
  }

  private static func header(
    _ answer: ComparedAnswer, _ place: String, isFocused: Bool, _ area: ComparisonLayout.Area, into frame: inout Frame,
    _ theme: Theme
  ) {
    guard let row = area.header.first else { return }
    let columns = area.columns
    let style = isFocused ? theme.selected : theme.strong
    if isFocused { frame.fill(rows: row..<row + 1, columns: columns, style: style) }
    let sign = isFocused ? "▸" : " "
    let start = Position(column: columns.lowerBound, row: row)
    let name = "\(sign)\(place) \(answer.name)"
    guard area.header.count == 1 else {
      frame.put(name, at: start, style: style, limit: columns.count)
      let numbers = StatusLine.numbers(of: answer.status, columns: columns.count - 1)
      frame.put(
        numbers, at: Position(column: columns.lowerBound + 1, row: row + 1),
        style: answer.isRunning ? theme.good : theme.secondary, limit: columns.count - 1)
      return
    }
    // A long name leaves half of the row to the numbers.
    let named = min(DisplayText.width(of: name), columns.count / 2)
    let numbers = StatusLine.numbers(of: answer.status, columns: columns.count - named - 3)
    let width = DisplayText.width(of: numbers)
    frame.put(name, at: start, style: style, limit: columns.count - (width > 0 ? width + 2 : 0))
    frame.put(
      numbers, at: Position(column: columns.upperBound - width - 1, row: row),
      style: isFocused ? style : theme.secondary, limit: width)
  }
}

extension StatusLine {
  /// What there is room for: state, seconds, tokens, tokens per second, the last two in fewer letters where that helps.
  static func numbers(of sample: StatusSample, columns: Int) -> String {
    var fields = [sample.state == .ready ? "done" : word(for: sample.state)]
    if let left = sample.givesUpIn { fields.append("gives up in \(left) s") }
    if let elapsed = sample.elapsed { fields.append(seconds(elapsed)) }
    var short = fields
    if let tokens = sample.tokens {
      let count = "\(sample.isEstimate ? "~" : "")\(tokens)"
      fields.append("\(count) \(tokens == 1 ? "token" : "tokens")")
      short.append("\(count) tok")
    }
    if let rate = sample.rateTenths {
      fields.append("\(tenths(rate)) tokens/s")
      short.append("\(tenths(rate))/s")
    }
    let wordings = [fields[...]] + (0..<short.count).map { short.dropLast($0) }
    let texts = wordings.lazy.map { $0.joined(separator: " · ") }
    return texts.first { DisplayText.width(of: $0) <= columns } ?? ""
  }
}
