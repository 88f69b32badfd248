import Foundation
import TestSupport
import Testing

/// Files attached on the full screen, of the real program.
@Suite(.ownThreads) struct AttachingTests {
  @Test func aTypedPathGoesAlongAndIsSavedAndSentAgain() throws {
    let scratch = Scratch()
    let notes = scratch.write("my notes.md", "It says so")
    let folder = String(notes.dropLast("my notes.md".count))
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try Chat(with: server, environment: ["HOME": folder], columns: 100)
    chat.isAt("ready")
    chat.type("Sum up @~/my\t")
    chat.hasInput("Sum up [~/my notes.md · 10 B]")
    chat.ask("now")
    chat.shows("You\nSum up @~/my\\ notes.md now\n+ ~/my notes.md · 10 B\n", "Yes.\n")
    let sent = "Sum up @~/my\\ notes.md now\n\nFile: ~/my notes.md\n```\nIt says so\n```"
    #expect(server.requests.map(\.question) == [sent])
    chat.ask("/retry")
    chat.isAt("ready")
    chat.until("asked again") { _ in server.requests.count == 2 }
    #expect(server.requests.last?.question == sent)
    chat.type(Press.controlD)
    chat.ends(with: 0)
    // Taken up again, the file is part of the talk, and on the screen.
    let again = try Chat(["--continue"], with: server, environment: ["HOME": folder], columns: 100)
    again.shows("+ ~/my notes.md · 10 B\n", "Yes.\n")
    again.ask("And?")
    again.shows("And?\n")
    again.until("asked") { _ in server.requests.count == 3 }
    #expect(server.requests.last?.messages.dropFirst().first == "user: " + sent)
  }

  @Test func whatIsNotThereIsNamedAndAPastedPathIsText() throws {
    let scratch = Scratch()
    let secret = scratch.write("secret.txt", "do not send")
    let server = try FaultServer { _ in answer("Yes.") }
    let chat = try Chat(with: server, columns: 100)
    chat.isAt("ready")
    chat.paste("look at @\(secret) ")
    chat.ask("please")
    chat.shows("Yes.\n")
    #expect(server.requests.last?.question == "look at @\(secret) please")
    chat.ask("@/nowhere/x")
    chat.shows("There is no file /nowhere/x")
    #expect(server.requests.count == 1)
    chat.ask("")
    chat.until("sent as text") { _ in server.requests.count == 2 }
    #expect(server.requests.last?.question == "@/nowhere/x")
  }
}
