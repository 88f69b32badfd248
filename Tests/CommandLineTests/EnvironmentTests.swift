import Testing

@testable import aichat_tui

struct EnvironmentTests {
  private func file(_ text: String) throws -> [String: String] {
    try EnvironmentFile(text: text, path: "x.env").variables.mapValues(\.value)
  }

  @Test func theSyntaxOfTheFile() throws {
    let text = """
      # a comment
      A=1
      export  B = two words  # and a comment
      C="a\\n\\"b\\" # no comment" # one
      D='$A \\n'
      E=
      F=a#b$c=d

      G="unicode ✓"\r
      """
    #expect(
      try file(text) == [
        "A": "1", "B": "two words", "C": "a\n\"b\" # no comment", "D": "$A \\n", "E": "", "F": "a#b$c=d",
        "G": "unicode ✓",
      ])
  }

  @Test(arguments: ["A=1\nwhat", "A=1\n1A=2", "A=1\nB='x", "A=1\nB=\"x\" y", "A=1\n=2", "A=1\nB C=2"])
  func aBadLineIsNamed(_ text: String) {
    #expect { _ = try EnvironmentFile(text: text, path: "x.env") } throws: { error in
      let failure = error as? CommandFailure
      return failure?.code == .configuration && failure?.message.contains("x.env, line 2") == true
    }
  }

  @Test func aMissingFileIsNamed() {
    let mistakes = EnvironmentFile(reading: "/nowhere/x.env").mistakes
    #expect(mistakes.count == 1 && mistakes.first?.message.contains("/nowhere/x.env") == true)
  }

  @Test func theEnvironmentComesBeforeTheFile() throws {
    let file = try EnvironmentFile(text: "A=file\nB=file", path: "x.env")
    let environment = Environment(process: ["A": "process", "B": ""], file: file)
    #expect(environment.value(["A"]) == Sourced(value: "process", origin: .environment("A")))
    #expect(environment.value(["B"])?.origin == .environmentFile("B", file: "x.env", line: 2))
    #expect(environment.all == ["A": "process", "B": "file"])
    #expect(environment.value(["C"]) == nil)
  }

  @Test func childrenGetNoKeys() {
    let environment = Environment(process: ["OPENAI_API_KEY": "k", "MINE": "m", "PATH": "p"])
    #expect(environment.forChildren(hiding: ["MINE"]) == ["PATH": "p"])
  }

  @Test func theDirectoryOfTheConfiguration() {
    #expect(Environment(process: ["XDG_CONFIG_HOME": "/x"]).configurationDirectory == "/x/aichat-tui")
    #expect(Environment(process: ["HOME": "/h"]).configurationDirectory == "/h/.config/aichat-tui")
    #expect(Environment(process: ["XDG_CONFIG_HOME": "x", "HOME": "h"]).configurationDirectory == nil)
  }
}
