import ChatModel
import Testing

@testable import ChatServer

struct DemoScriptTests {
  private func script(_ said: String) -> DemoScript? { DemoAnswers.script(for: [.init(role: .user, text: said)]) }

  @Test func piecesMakeUpTheText() {
    for text in [DemoTexts.unicode, DemoTexts.markdown, LighthouseLog.text(days: 5), "", " a  b\n", "🇳🇴🇯🇵"] {
      let pieces = DemoScript.pieces(text)
      #expect(Array(pieces.joined().unicodeScalars) == Array(text.unicodeScalars))
      #expect(!pieces.contains(""))
    }
    #expect(DemoScript.pieces("one two\nthree") == ["one", " two", "\nthree"])
  }

  @Test func paceIsThatOfAModel() throws {
    let long = try #require(script("long"))
    #expect(long.steps[0].pause == .milliseconds(150))
    let words = Double(long.steps.count) / (long.duration / .seconds(1))
    #expect((40...60).contains(words))
    #expect((.seconds(50)...(.seconds(80))).contains(long.duration))
    let slow = try #require(script("slow"))
    #expect(slow.steps.count == 10 && slow.duration == .seconds(10))
  }

  @Test func wordsAreFoundHoweverTheyAreWritten() {
    for word in DemoAnswers.Word.allCases {
      for said in [word.rawValue, "  \(word.rawValue.uppercased()) \n", "\(word.rawValue), please"] {
        #expect(DemoAnswers.Word(startOf: said) == word)
      }
    }
    for said in ["longing", "a long day", "", "markdowns"] { #expect(DemoAnswers.Word(startOf: said) == nil) }
  }

  @Test func paragraphsOfTheLogDiffer() {
    let paragraphs = Set(LighthouseLog.text(days: 42).split(separator: "\n\n").map { $0.drop { $0 != " " } })
    #expect(paragraphs.count == 43)
  }

  @Test func demoWordsAreNotPartOfTheTalk() {
    let talk = ["rain", "markdown", "rain"].map { CompletionRequest.Entry(role: .user, text: $0) }
    #expect(DemoAnswers.script(for: talk)?.text == ElizaScript.toAnything[1])
  }

  @Test func toolsResultsAreThankedFor() {
    let answer = DemoAnswers.script(for: [.init(role: .user, text: "tools"), .init(role: .tool, text: "12 °C")])
    #expect(answer?.text.contains("“12 °C”") == true)
  }

  @Test func aLimitEndsTheAnswer() {
    let limited = DemoScript.saying("one two three").limited(to: 2)
    #expect(limited.text == "one two" && limited.ending == .finished(reason: "length"))
    #expect(DemoScript.saying("one two").limited(to: 2).ending == .finished(reason: "stop"))
  }

  private func carriedOn(_ said: String, from beginning: String) -> String? {
    DemoAnswers.script(
      for: [
        .init(role: .user, text: said), .init(role: .assistant, text: beginning),
        .init(role: .user, text: Turn.carryOnInstruction),
      ])?.text
  }

  @Test func anAnswerThatBrokeOffIsCarriedOn() throws {
    let whole = try #require(script("slow")?.text)
    #expect(carriedOn("slow", from: String(whole.prefix(13))) == String(whole.dropFirst(13)))
    let flags = DemoTexts.unicode
    let cut = try #require(flags.unicodeScalars.firstIndex { $0 == "\u{1F1F4}" })
    #expect(carriedOn("unicode", from: String(flags[..<cut])).map { Array($0.utf8) } == Array(flags[cut...].utf8))
    let dropped = try #require(script("drop")?.text)
    #expect(carriedOn("drop", from: dropped) == " And here it goes on, to its end.")
  }
}
