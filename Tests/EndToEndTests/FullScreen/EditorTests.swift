import Foundation
import TestSupport
import Testing

/// The input in the user's editor, which has the terminal meanwhile.
@Suite(.ownThreads) struct EditorTests {
  private let folder = TemporaryHome()

  /// A program in the place of an editor; `$1` is the file.
  private func editor(_ script: String) throws -> String {
    let path = folder.path + "/editor"
    try ("#!/bin/sh\n" + script + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    chmod(path, 0o700)
    return path
  }

  private func chat(_ script: String, with server: FaultServer? = nil) throws -> Chat {
    let environment = ["VISUAL": try editor(script) + " --wait", "EDITOR": "false", "XDG_RUNTIME_DIR": folder.path]
    return try Chat(with: server, environment: environment)
  }

  private var leftovers: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasPrefix("aichat-tui") }
  }

  @Test func theTextComesBackAndTheFileIsGone() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try chat(
      """
      stat -c '%a %n' "$(dirname "$2")" "$2" | sed "s:/[^ ]*/::" >"$(dirname "$0")/modes"
      env >"$(dirname "$0")/environment"
      printf 'first: %s\\nsecond\\n' "$(cat "$2")" >"$2"; touch "$2.swp"
      """, with: server)
    chat.isAt("ready")
    chat.type("draft\u{07}")
    chat.shows("> first: draft\n  second")
    chat.ask("")
    chat.shows("Assistant · m\nYes.")
    #expect(server.requests.first?.question == "first: draft\nsecond")
    #expect(leftovers == [])
    let modes = try String(contentsOfFile: folder.path + "/modes", encoding: .utf8)
    #expect(modes.contains("700 ") && modes.contains("600 message.md"), "\(modes)")
    let environment = try String(contentsOfFile: folder.path + "/environment", encoding: .utf8)
    #expect(environment.contains("TERM=") && !environment.contains(Program.key))
  }

  @Test func theTerminalIsTheEditorsAndThenOursAgain() throws {
    let chat = try chat(#"echo "editing"; read line; echo "$line" >"$2""#)
    chat.isAt("ready")
    chat.type("draft\u{18}\u{05}")
    chat.shows("editing")
    // As in a shell: the terminal's own line editing, and keys that are not ours.
    #expect(chat.terminal.settings == chat.terminal.initialSettings)
    #expect(chat.terminal.modes == PrivateModes() && !chat.terminal.isAlternateScreen)
    chat.type("typed for the editor\n")
    chat.hasInput("typed for the editor")
    chat.isAt("ready")
    chat.type(Press.controlC + Press.controlC)
    chat.ends(with: 0)
  }

  @Test func anAnswerGoesOnMeanwhile() throws {
    let gate = FaultServer.Gate()
    let server = try FaultServer(
      inTurn: [.head(200), .say("So far"), .wait(gate), .say(", so good."), .done, .end], answer("Second."))
    let chat = try chat(#"echo "editing"; read line"#, with: server)
    chat.ask("one")
    chat.shows("So far▌")
    chat.type("draft\u{07}")
    chat.shows("editing")
    gate.open()
    chat.type("\n")
    chat.shows("So far, so good.\n")
    chat.hasInput("draft")
  }

  @Test func anEditorThatFailsChangesNothing() throws {
    let chat = try chat(#"echo other >"$2"; exit 3"#)
    chat.isAt("ready")
    chat.type("draft\u{07}")
    chat.shows("editor ended with exit code 3; the input is as it was")
    chat.hasInput("draft")
    #expect(leftovers == [])
  }

  @Test func anEditorThatIsNotThere() throws {
    let chat = try Chat(environment: ["VISUAL": "", "EDITOR": "no-such-editor -f", "XDG_RUNTIME_DIR": folder.path])
    chat.isAt("ready")
    chat.type("draft\u{07}")
    chat.shows("no-such-editor was not found: set EDITOR")
    chat.hasInput("draft")
  }

  @Test func itEndsWithUs() throws {
    let chat = try chat(#"echo "editing"; exec sleep 1000"#)
    chat.isAt("ready")
    chat.type("draft\u{07}")
    chat.shows("editing")
    chat.terminal.signal(SIGTERM)
    chat.ends(with: 143)
    #expect(leftovers == [])
  }
}
