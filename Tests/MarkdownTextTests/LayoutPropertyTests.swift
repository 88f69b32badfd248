import TerminalModel
import TestSupport
import Testing

@testable import MarkdownText

/// What holds for every block at every width.
@Suite struct LayoutPropertyTests {
  @Test(arguments: 0..<8) func linesFitAndOffsetsRise(seed: UInt64) throws {
    var random = RandomBlocks(seed: seed)
    for number in 0..<cases(10, thorough: 40) {
      let block = random.block(depth: random.number(0...10))
      let length = BlockLayout.plainText(of: block).utf8.count
      for _ in 0..<4 {
        let options = LayoutOptions(
          width: random.number(1...60), wrapsCode: random.number(0...1) == 0, sideways: random.number(0...9))
        let lines = BlockLayout.lines(of: block, options)
        try check(lines, width: options.width, length: length, "block \(number), \(options)")
      }
    }
  }

  private func check(_ lines: [TextLine], width: Int, length: Int, _ place: String) throws {
    try #require(!lines.isEmpty)
    var offset = 0
    for line in lines {
      let cells = line.cells { _ in .plain }
      try #require(cells.count == line.columns && line.columns <= width, "\(line.text.debugDescription) of \(place)")
      try #require(line.offset >= offset && line.offset <= length, "\(line.offset) after \(offset) in \(place)")
      try #require(!line.text.utf8.contains { [0x09, 0x0A, 0x0D].contains($0) })
      offset = line.offset
    }
  }

  /// Nothing of the text is lost; at widths that no cluster is wider than, and where headers are not repeated.
  @Test(arguments: 0..<8) func theWholeTextIsOnTheLines(seed: UInt64) throws {
    var random = RandomBlocks(seed: 100 + seed)
    for number in 0..<cases(10, thorough: 40) {
      let block = random.block(depth: 5)
      let plain = Self.letters(BlockLayout.plainText(of: block))
      for width in [6, 13, 37, 200] {
        let lines = BlockLayout.lines(of: block, LayoutOptions(width: width))
        let shown = Self.letters(lines.map(\.text).joined())
        for (letter, count) in plain {
          try #require(shown[letter, default: 0] >= count, "\(letter) of block \(number) at \(width)")
        }
      }
    }
  }

  /// How often each scalar that is no space occurs.
  private static func letters(_ text: String) -> [Unicode.Scalar: Int] {
    var counts: [Unicode.Scalar: Int] = [:]
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace { counts[scalar, default: 0] += 1 }
    return counts
  }

  /// In running text, the lines are the text: each stands where its offset says.
  @Test func offsetsPointToTheLinesOfAParagraph() {
    let runs = [
      InlineRun("One of the "), InlineRun("words is gone", .struck), InlineRun(" and a "),
      InlineRun("link", .link, target: "https://example.com"), InlineRun(" of 漢字 stands here"),
    ]
    for width in 6...60 {
      let plain = BlockLayout.plainText(of: .paragraph(runs))
      for line in BlockLayout.lines(of: .paragraph(runs), LayoutOptions(width: width)) {
        let text = line.text.replacing("~~", with: "")
        #expect(String(Substring(plain.utf8.dropFirst(line.offset))).hasPrefix(text))
      }
    }
  }
}
