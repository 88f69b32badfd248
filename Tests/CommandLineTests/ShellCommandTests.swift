import ChatScreen
import Foundation
import Testing

@testable import aichat_tui

/// Commands that users type after a `!`, run by the shell.
@Suite struct ShellCommandTests {
  private func run(_ command: String, _ environment: [String: String] = [:], longest: Int = 1000) -> CommandOutcome {
    var shell = ShellCommand(environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 })
    shell.longest = longest
    return shell.run(command, until: CommandInterruption())
  }

  @Test func bothOutputsInTheirOrderAndTheStatus() {
    #expect(run("echo one; echo two >&2; echo three") == CommandOutcome(output: "one\ntwo\nthree\n"))
    #expect(run("echo no; exit 3") == CommandOutcome(output: "no\n", ending: "ended with exit code 3"))
    #expect(run("kill -TERM $$").ending == "was ended by signal 15")
  }

  @Test func nothingOfOursIsThere() {
    #expect(run("cat; tty; env | grep -c KEY", ["SHELL": "/bin/sh"]).output == "not a tty\n0\n")
    #expect(run("echo x", ["SHELL": "/nowhere/sh"]).ending?.hasPrefix("/nowhere/sh could not be started") == true)
  }

  @Test func whatIsTooMuchIsCutAndTheCommandEnded() {
    #expect(run("yes", longest: 10) == CommandOutcome(output: "y\ny\ny\ny\ny\n", isCut: true))
  }

  @Test func itIsEndedByTheTimeAndByTheUser() {
    var shell = ShellCommand(environment: ["PATH": "/usr/bin:/bin"])
    shell.limit = .zero
    #expect(shell.run("sleep 100", until: CommandInterruption()).ending == "stopped after 0 s")
    let interruption = CommandInterruption()
    interruption.raise()
    shell.limit = .seconds(60)
    #expect(shell.run("sleep 100", until: interruption).ending == "stopped")
  }

  @Test(arguments: [
    ("a\u{1B}[1;31mb\u{1B}[0m\u{1B}]0;title\u{07}c", "abc"), ("10%\r20%\r\nend", "20%\nend"), ("x\u{08}xy", "xy"),
    ("a\u{1B}(B\u{1B}Mb\0\u{07}c\t", "abc\t"), ("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
    ("a\r\n\r\nb", "a\n\nb"), ("\u{1B}", ""), ("\u{1B}[", ""), ("日本\u{9B}2Jé", "日本é"),
  ])
  func sequencesAreLeftOut(printed: String, text: String) {
    #expect(PrintedText.plain(Array(printed.utf8)) == text)
  }
}
