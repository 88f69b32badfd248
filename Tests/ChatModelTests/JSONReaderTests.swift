import ChatModel
import FoundationEssentials
import TestSupport
import Testing

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
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == expected)
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

  @Test(arguments: [("[1,}", 3, false), ("{\"a\":\n\"x\u{1}\"}", 8, false), ("[1 2]", 3, false), ("[", 1, false)])
  func saysWhereItIsNoJSON(text: String, offset: Int, isTooDeep: Bool) {
    var reader = JSONReader(Array(text.utf8))
    #expect(throws: JSONReader.Malformed(offset: offset, isTooDeep: isTooDeep)) { try reader.read() }
    var deep = JSONReader([UInt8](repeating: UInt8(ascii: "["), count: 1000))
    #expect(throws: JSONReader.Malformed(offset: JSONReader.depthLimit, isTooDeep: true)) { try deep.read() }
  }

  @Test func readsPieceByPiece() throws {
    var reader = JSONReader(Array(#" {"a": [1, {"b": 2}], "c": []} x"#.utf8))
    let (brace, bracket) = (UInt8(ascii: "}"), UInt8(ascii: "]"))
    var seen: [String] = []
    #expect(reader.next() == UInt8(ascii: "{"))
    var isOpen = reader.open(with: brace)
    while isOpen {
      seen.append(try reader.readName())
      #expect(reader.next() == UInt8(ascii: "["))
      if reader.open(with: bracket) {
        repeat { seen.append("\(try reader.read())") } while try !reader.closes(with: bracket)
      }
      isOpen = try !reader.closes(with: brace)
    }
    #expect(seen == ["a", "\(JSONValue.integer(1))", "\(JSONValue.object(["b": .integer(2)]))", "c"])
    #expect(reader.next() == UInt8(ascii: "x"))
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
