import ChatModel
import Foundation
import TerminalModel
import Testing

@testable import ChatScreen

/// Every key and every command does something, which it does no more once its binding is taken away.
@Suite struct KeyTableTests {
  /// All but those that go from one to another of several answers side by side, which have plays of their own.
  static let names = KeyMap.standard.bindings.map(\.name).filter { !$0.hasPrefix("answer-") }

  @Test(arguments: names) func noKeyDoesItWithoutItsBinding(_ name: String) throws {
    let binding = try #require(KeyMap.standard.bindings.first { $0.name == name })
    var without = KeyMap.standard
    try without.bind(name, to: [])
    for place in binding.places {
      for focus in Focus.allCases where place.focus.contains(focus) {
        let with = KeyStage.outcomes(of: place.sequence, in: focus, .standard)
        #expect(
          with != KeyStage.outcomes(of: place.sequence, in: focus, without),
          "\(place.sequence.label) in \(focus) does nothing that would be missed")
      }
    }
  }

  @Test func escapeTwiceEditsTheLastMessage() throws {
    var without = KeyMap.standard
    try without.bind("close", to: [])
    for (keys, isEdit) in [(KeyMap.standard, true), (without, false)] {
      var state = KeyStage.idle(keys)
      for _ in 1...2 { _ = state.apply(.input(.key(Key(.escape))), at: .zero) }
      #expect((state.edit != nil) == isEdit)
    }
  }

  @Test(arguments: SlashCommand.all.flatMap(\.names)) func everyCommandDoesSomething(_ name: String) {
    let (known, unknown) = (
      KeyStage.outcome(of: "/" + name), KeyStage.outcome(of: "/" + name + "qx")
    )
    #expect(known != unknown && !known.contains("No /") && unknown.contains("No /"))
  }

  /// `KEY_TABLE=FILE` writes which plays fail without each binding, and without each command: a table in Markdown.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["KEY_TABLE"] != nil)) func table() throws {
    let path = ProcessInfo.processInfo.environment["KEY_TABLE"] ?? ""
    var lines = ["| key | where | action | fails without it |", "|---|---|---|---|"]
    let plays = try ScreenplayTests.names.map { name in
      (
        name: name,
        text: try String(contentsOfFile: "\(ScreenplayTests.folder)/\(name)", encoding: .utf8)
      )
    }
    for binding in KeyMap.standard.bindings {
      var without = KeyMap.standard
      try without.bind(binding.name, to: [])
      let failing = plays.filter { (try? Screenplay.run($0.text, keys: without)) != $0.text }.map(
        \.name)
      let tests = ["KeyTableTests"] + failing
      for place in binding.places {
        let focus = Focus.allCases.filter(place.focus.contains).map { "\($0)" }.joined(
          separator: " ")
        lines.append(
          "| \(place.sequence.label.replacing("|", with: "\\|")) | \(focus) | \(binding.name) | \(tests.joined(separator: ", ")) |"
        )
      }
    }
    lines += [
      "| Esc Esc | input | edit | KeyTableTests, edit.txt, edit-after-stop.txt |", "",
      "| command | fails without it |", "|---|---|",
    ]
    for name in SlashCommand.all.flatMap(\.names) {
      let typing = plays.filter { play in
        play.text.split(separator: "\n").contains {
          $0 == "type /\(name)" || $0.hasPrefix("type /\(name) ")
        }
      }
      lines.append(
        "| /\(name) | \((["KeyTableTests"] + typing.map(\.name)).joined(separator: ", ")) |")
    }
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
  }
}
