import ChatModel
import Testing

@testable import aichat_tui

struct JSON5ParserTests {
  @Test func everythingThatJSON5Allows() throws {
    let text = """
      // a comment
      { /* another */ plain: 'single "quoted"', "json": [1, -2.5, +.5, 0x1F, 1e3,], $x_1: null,
        text: "tab\\t é\\u00e9 \\ud83d\\ude42 \\x41 line\\
      end", yes: true, no: false, empty: {}, none: [] }
      """
    let value = try JSON5Parser.parse(text).value
    #expect(
      value
        == .object([
          "plain": .string("single \"quoted\""),
          "json": .array([.integer(1), .number(-2.5), .number(0.5), .integer(31), .number(1000)]), "$x_1": .null,
          "text": .string("tab\t éé 🙂 A lineend"), "yes": .bool(true), "no": .bool(false), "empty": .object([:]),
          "none": .array([]),
        ]))
  }

  @Test(arguments: [
    ("{\n  a: 1\n  b: 2\n}", 3, 3), ("{\n  a: hello\n}", 2, 6), ("{ a: \"x\n}", 1, 6), ("", 1, 1), ("{\n\n", 1, 1),
    ("[1, 2\n", 1, 1), ("{a: 1}\n}", 2, 1), ("{a: 1,\n a: 2}", 2, 2), ("/* x", 1, 1), ("{a 1}", 1, 4),
    ("[\"\\u12\"]", 1, 5), ("{: 1}", 1, 2),
  ])
  func aMistakeIsPointedAt(_ text: String, _ line: Int, _ column: Int) {
    #expect { _ = try JSON5Parser.parse(text) } throws: { error in
      (error as? JSON5Parser.SyntaxError)?.position == SourcePosition(line: line, column: column)
    }
  }

  @Test func deepNestingIsRefused() {
    #expect(throws: JSON5Parser.SyntaxError.self) {
      _ = try JSON5Parser.parse(String(repeating: "[", count: 100_000))
    }
  }
}
