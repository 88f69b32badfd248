import Foundation
import TestSupport
import Testing

/// `/set`, `/system` and `/export`, as the next request and the file show.
@Suite(.ownThreads) struct SettingTests {
  @Test(arguments: [[], ["--no-history"]]) func whatIsSetAndSaidIsAskedAndExported(_ arguments: [String]) throws {
    let scratch = Scratch()
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try Chat(arguments, with: server, environment: ["HOME": scratch.path])
    chat.ask("/set temperature 0.25")
    chat.shows("temperature is 0.25 from the next message on")
    chat.ask("/set max-tokens 99")
    chat.shows("max-tokens is 99 from the next message on")
    chat.ask("/system Arr.")
    chat.isAt("custom", "temperature 0.25")
    chat.ask("Hi")
    chat.shows("Yes.\n")
    chat.isAt("ready")
    let request = try #require(server.requests.last)
    #expect(request.messages == ["system: Arr.", "user: Hi"])
    #expect(request.bodyText.contains(#""temperature":0.25"#) && request.bodyText.contains("99"))
    chat.ask("/export ~/chat.md")
    chat.shows("Saved this chat to ~/chat.md")
    let text = try String(contentsOfFile: scratch.path + "/chat.md", encoding: .utf8)
    #expect(text.contains("Hi") && text.contains("Yes."))
    chat.ask("/export json ~/chat.md")
    chat.shows("chat.md exists: /export! json overwrites it")
  }
}
