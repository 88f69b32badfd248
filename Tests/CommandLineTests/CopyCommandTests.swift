import Foundation
import TerminalModel
import Testing

@testable import aichat_tui

/// Commands that take copied text.
@Suite(.timeLimit(.minutes(1))) struct CopyCommandTests {
  private let path = FileManager.default.temporaryDirectory.appendingPathComponent("copied-\(UUID())").path

  private func command(_ line: String, _ environment: [String: String] = [:]) -> CopyCommand {
    CopyCommand(line: line, environment: environment.merging(["PATH": "/usr/bin:/bin", "OUT": path]) { $1 })
  }

  private func copied() -> String? {
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try? String(contentsOfFile: path, encoding: .utf8)
  }

  @Test(arguments: ["", "zażółć\n\u{1B}[31m", String(repeating: "long ", count: 100_000)])
  func takesTheTextAsItIs(_ text: String) async {
    let outcome = await command("cat >$OUT").run(text)
    #expect(outcome == .taken(command: "cat >$OUT"))
    #expect(copied() == text)
  }

  @Test func takesArguments() async {
    let copy = CopyCommand(arguments: ["tee", path], environment: ["PATH": "/usr/bin:/bin"])
    let outcome = await copy.run("text")
    #expect(outcome == .taken(command: "tee"))
    #expect(copied() == "text")
  }

  /// One that reads nothing, and one whose child lives on with all that it was given, as xclip's does.
  @Test func waitsForTheCommandAlone() async {
    #expect(await command("exit 0").run(String(repeating: "x", count: 1_000_000)) == .taken(command: "exit 0"))
    let line = "sleep 60 & echo $! >$OUT"
    #expect(await command(line).run("x") == .taken(command: line))
    let child = pid_t(copied()?.trimmingCharacters(in: .newlines) ?? "") ?? 0
    #expect(child > 1 && kill(child, SIGKILL) == 0, "what it left behind was ended")
  }

  @Test func saysWhyItFailed() async {
    let failed = await command("echo 'no \u{1B}display' >&2; echo more >&2; exit 3").run("x")
    #expect(
      failed
        == .failed(
          command: "echo 'no \u{1B}display' >&2; echo more >&2; exit 3", reason: "ended with exit code 3: no ␛display"))
    #expect(await command("kill -9 $$").run("x") == .failed(command: "kill -9 $$", reason: "was ended by signal 9"))
    let missing = CopyCommand(arguments: ["/nonexistent/copy"], environment: [:])
    #expect(
      await missing.run("x")
        == .failed(command: "/nonexistent/copy", reason: "could not be started: No such file or directory"))
    var slow = command("sleep 60")
    slow.limit = .zero
    #expect(await slow.run("x") == .failed(command: "sleep 60", reason: "took longer than 0 s"))
  }

  @Test func isConfigured() throws {
    func screen(_ text: String, _ environment: [String: String] = [:]) throws -> ScreenOptions {
      ConfigurationSources(
        options: try Options(arguments: []), environment: Environment(process: environment),
        file: try ConfigurationFile(text: text, path: "c.json")
      ).screen
    }
    #expect(try screen("{}") == ScreenOptions())
    let line = try screen("{ copy_command: 'xclip -sel c', hyperlinks: false }", ["OPENAI_API_KEY": "k", "HOME": "/h"])
    #expect(line.copyCommand == CopyCommand(arguments: ["/bin/sh", "-c", "xclip -sel c"], environment: ["HOME": "/h"]))
    #expect(line.copyCommand?.name == "xclip -sel c" && line.hyperlinks == false)
    #expect(try screen("{}").isSmooth && !screen("{ smooth: false }").isSmooth)
    let list = try screen(
      "{ copy_command: ['wl-copy', '-n'], providers: { w: { type: 'openai', key_variable: 'MINE' } } }", ["MINE": "k"])
    #expect(list.copyCommand == CopyCommand(arguments: ["wl-copy", "-n"], environment: [:]))
    let inTmux = try screen("{}", ["TMUX": "/tmp/t,1,0"])
    #expect(inTmux.copyCommand == nil && inTmux.multiplexerCommand?.arguments.first == "tmux")
    for wrong in ["[]", "''", "[1]", "3", "['']"] {
      #expect(throws: CommandFailure.self) { try screen("{ copy_command: \(wrong) }") }
    }
  }
}
