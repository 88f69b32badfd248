import Foundation
import TestSupport
import Testing

/// `!command` on the full screen, of the real program.
@Suite(.ownThreads) struct TypedCommandTests {
  @Test func whatACommandPrintsGoesIntoTheMessageWithoutAnyKey() throws {
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try Chat(with: server, environment: ["SHELL": "/bin/sh"])
    chat.isAt("ready")
    chat.ask("!echo one; echo [$OPENAI_API_KEY]; printf '\\033[31mtwo'; exit 3")
    chat.shows("Run this in your shell? Enter runs it")
    chat.ask("")
    chat.shows("ended with exit code 3]")
    chat.ask("why?")
    chat.shows("Yes.\n")
    let command = "echo one; echo [$OPENAI_API_KEY]; printf '\\033[31mtwo'; exit 3"
    let block = "```\n$ \(command)\none\n[]\ntwo\n[ended with exit code 3]\n```\n"
    #expect(server.requests.last?.question == block + "why?")
  }

  @Test func escapeEndsIt() throws {
    let chat = try Chat(environment: ["SHELL": "/bin/sh"])
    chat.isAt("ready")
    chat.ask("!echo begun; sleep 1000")
    chat.shows("Run this")
    chat.ask("")
    chat.shows("running]")
    chat.type(Press.escape)
    chat.shows("· stopped]")
  }
}
