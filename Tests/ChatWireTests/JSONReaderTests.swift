import ChatModel
import TestSupport
import Testing

@testable import ChatWire

@Suite struct JSONReaderTests {
  @Test(arguments: [
    (#" {"a":[1,-2.5,1e3,true,false,null,"x"],"b":{}} "#, #"{"a":[1,-2.5,1000,true,false,null,"x"],"b":{}}"#),
    (#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude42""#, #""\"\\/\b\f\n\r\té🙂""#),
    ("[]", "[]"), ("0", "0"), ("-0.5", "-0.5"), (#"{"a":1,"a":2}"#, #"{"a":2}"#),
    ("[NaN,Infinity,-Infinity]", "[null,null,null]"),
    (#""a\ud83db""#, "\"a\u{FFFD}b\""), (#""\ud83d\ud83d\ude42""#, "\"\u{FFFD}🙂\""),
    (#""\ude42\ud83d""#, "\"\u{FFFD}\u{FFFD}\""), (#""\ud83d\n""#, "\"\u{FFFD}\\n\""),
  ]) func reads(text: String, expected: String) throws {
    let value = try #require(JSONReader.value(of: Array(text.utf8)))
    #expect(value.encoded().map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test(arguments: [
    "", " ", "{", "}", "[1,]", "[1 2]", "{\"a\":1,,}", "{\"a\" 1}", "{a:1}", "{'a':1}", "nul", "truex", "01", "1.",
    ".5",
    "-", "1e", "+1", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"", "1 2", "{} x", "[DONE]", "Na", "-Inf",
  ]) func refuses(text: String) {
    #expect(JSONReader.value(of: Array(text.utf8)) == nil)
  }

  @Test func takesLargeNumbersAndBrokenBytes() {
    #expect(JSONReader.value(of: Array("99999999999999999999".utf8))?.lenientInteger == .max)
    #expect(JSONReader.value(of: Array("-1e400".utf8))?.lenientInteger == .min)
    #expect(JSONReader.value(of: [0x22, 0x61, 0xFF, 0x22]) == .string("a\u{FFFD}"))
  }

  @Test func deepNestingEndsInsteadOfTheProgram() {
    #expect(JSONReader.value(of: [UInt8](repeating: UInt8(ascii: "["), count: 100_000)) == nil)
  }

  /// Any damage to a text is either refused or read; it never traps.
  @Test func damagedTextNeverTraps() {
    let text = Array(#"{"a":[1,-2.5e3,"x\ud83d\ude42é",{"b":null}],"c":true}"#.utf8)
    var generator = SeededGenerator(state: 7)
    for _ in 0..<2000 {
      var damaged = text
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = JSONReader.value(of: Array(damaged.prefix(Int.random(in: 0...damaged.count, using: &generator))))
    }
  }
}
