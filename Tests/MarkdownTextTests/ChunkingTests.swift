import TestSupport
import Testing

@testable import MarkdownText

/// Any cutting of a text into pieces ends in the parts of the whole.
@Suite struct ChunkingTests {
  @Test func everyConstructInManyCuttings() {
    var generator = SeededGenerator(state: 1)
    let whole = ended(Documents.everything)
    for round in 0..<cases(200, thorough: 1000) {
      guard
        matches(whole, cut(Documents.everything, upTo: round % 25 == 0 ? 20 : 100 + round % 500 * 4, &generator), round)
      else { return }
    }
  }

  @Test func scrapsInAnyOrder() {
    var generator = SeededGenerator(state: 2)
    for round in 0..<cases(200, thorough: 1000) {
      let text = Documents.random(&generator, count: Int.random(in: 1..<60, using: &generator))
      guard matches(ended(text), cut(text, upTo: 1 + round % 30, &generator), round) else { return }
    }
  }

  @Test func manyScrapsOverTheWindow() {
    var generator = SeededGenerator(state: 3)
    for round in 0..<cases(2, thorough: 8) {
      let text = Documents.random(&generator, count: 6000)
      guard matches(ended(text), cut(text, upTo: 4000, &generator), round) else { return }
    }
  }

  @Test func longBlocks() {
    var generator = SeededGenerator(state: 4)
    for round in 0..<cases(3, thorough: 15) {
      let text = Documents.long(&generator)
      let whole = ended(text)
      guard matches(whole, cut(text, upTo: 3000, &generator), round) else { return }
      guard matches(whole, cut(text, upTo: 20_000, &generator), round) else { return }
    }
  }

  @Test(arguments: [Documents.everything, "a\n\n[b]", "```\nx", "- a\n- b"])
  func takenUpAgain(_ text: String) {
    var content = ended(text)
    content.reopen()
    content.update()
    content.append("c]\n\n[bc]]: d\n\n[b]: /x\n")
    content.end()
    content.update()
    #expect(content == ended(text + "c]\n\n[bc]]: d\n\n[b]: /x\n"))
  }

  private func ended(_ text: String) -> MarkdownContent {
    var content = MarkdownContent(text)
    content.end()
    content.update()
    return content
  }

  /// Cuts anywhere between scalars, with an update after most pieces.
  private func cut(_ text: String, upTo longest: Int, _ generator: inout SeededGenerator)
    -> MarkdownContent
  {
    var content = MarkdownContent()
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...longest, using: &generator))
      rest = rest.dropFirst(piece.count)
      content.append(String(String.UnicodeScalarView(piece)))
      if Int.random(in: 0..<2, using: &generator) > 0 { content.update() }
      coversTheSource(content)
    }
    content.end()
    content.update()
    return content
  }

  private func coversTheSource(_ content: MarkdownContent) {
    var end = 0
    for part in content.parts {
      if part.sourceRange.lowerBound != end { Issue.record("a gap at \(end): \(part.sourceRange)") }
      end = part.sourceRange.upperBound
    }
  }

  private func matches(_ whole: MarkdownContent, _ cut: MarkdownContent, _ round: Int) -> Bool {
    coversTheSource(whole)
    if whole.parts.last.map({ $0.sourceRange.upperBound != whole.source.utf8.count }) == true {
      Issue.record("an open end")
    }
    if whole == cut { return true }
    let index =
      zip(whole.parts, cut.parts).enumerated().first { $1.0 != $1.1 }?.offset
      ?? min(whole.parts.count, cut.parts.count)
    let at = index < whole.parts.count ? whole.parts[index].sourceRange : 0..<0
    Issue.record(
      """
      round \(round), part \(index) of \(whole.parts.count) and \(cut.parts.count)
      \(String(decoding: whole.source.utf8.dropFirst(max(0, at.lowerBound - 200)).prefix(600), as: UTF8.self).debugDescription)
      whole \(whole.parts.dropFirst(index).prefix(2).map { "\($0.sourceRange) \($0.isContinuation) \(String(describing: $0.block).prefix(800))" })
      cut \(cut.parts.dropFirst(index).prefix(2).map { "\($0.sourceRange) \($0.isContinuation) \(String(describing: $0.block).prefix(800))" })
      """)
    return false
  }
}
