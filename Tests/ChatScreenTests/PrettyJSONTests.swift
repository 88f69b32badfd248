import Testing

@testable import ChatScreen

/// Arguments of tool calls laid out, and those that are shown as they came.
struct PrettyJSONTests {
  @Test(arguments: [
    (
      #"{"b":1.50,"a":[1e3,{"x":"é\n\"}"}],"e":{},"l":[ ]}"#,
      "{\n  \"b\": 1.50,\n  \"a\": [\n    1e3,\n    {\n      \"x\": \"é\\n\\\"}\"\n    }\n  ],\n  \"e\": {},\n  \"l\": []\n}"
    ),
    (" { } ", "{}"), ("12345678901234567890", "12345678901234567890"), ("[true,null]", "[\n  true,\n  null\n]"),
  ])
  func onlyBlanksChange(_ text: String, _ pretty: String) {
    #expect(PrettyJSON.text(text) == pretty)
    #expect(PrettyJSON.text(pretty) == pretty)
  }

  @Test(arguments: [
    "", "{", #"{"a":}"#, #"{"a" 1}"#, #"{"a":1,}"#, "[1,]", "[1 2]", "{} {}", "01", "1.", "-", "[}", #"["a"#, "nul",
    #"["\x"]"#, "{1:2}", "[\"a\nb\"]", ",", ":", "]", #"["a":1]"#,
    String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
  ])
  func whatIsNoJSONIsLeft(_ text: String) { #expect(PrettyJSON.text(text) == nil) }

  /// The text that a block holds after the arguments came in these pieces.
  private func shown(_ pieces: [String]) -> String {
    var shown = ShownArguments(block: 0)
    var all = ""
    var text = ""
    for piece in pieces {
      all += piece
      switch shown.take(all) {
      case nil: break
      case .append(let more): text += more
      case .replace(let other): text = other
      }
    }
    return text
  }

  @Test func theyAreLaidOutOnceTheyAreWhole() {
    let text = #"{"a":"}é{\"","b":[1]}"#
    #expect(shown(text.map(String.init).dropLast()) == String(text.dropLast()))
    #expect(shown(text.map(String.init)) == PrettyJSON.text(text))
    #expect(shown([text, " ", "\n"]) == PrettyJSON.text(text))
    #expect(shown([text, " ", "x", "}"]) == text + " x}")
    #expect(shown(["{'a'", ":1}"]) == "{'a':1}")
  }
}
