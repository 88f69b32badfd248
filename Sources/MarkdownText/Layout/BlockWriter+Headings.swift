/// Headings, rules and raw HTML.
extension BlockWriter {
  /// A rule goes over no more columns than this.
  private static let longestRule = 80

  /// The two highest levels are underlined, as wide as they are.
  mutating func writeHeading(level: Int, _ runs: [InlineRun]) {
    let first = lines.count
    let columns = margin.columns
    write(LookedText(runs, role: .heading(min(max(level, 1), 6))))
    let underline = level <= 1 ? LayoutGlyphs.doubleRule : LayoutGlyphs.rule
    let width = lines[first...].map { $0.columns - columns }.max() ?? 0
    if level <= 2, width > 0 { writeOrnament(String(repeating: underline, count: width)) }
  }

  mutating func writeRule() {
    flushLooseMarkers()
    writeOrnament(String(repeating: LayoutGlyphs.rule, count: min(room, Self.longestRule)))
  }

  mutating func writeHTML(_ source: String) {
    var text = LookedText()
    text.append(source.withoutLineEnd, TextLook(.html))
    write(text)
  }
}

extension String {
  /// Without the one line end at its end, if there is one.
  var withoutLineEnd: String {
    guard let last = utf8.last, last == 0x0A || last == 0x0D else { return self }
    return String(dropLast())
  }
}
