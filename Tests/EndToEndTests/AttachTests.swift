import Foundation
import TestSupport
import Testing

/// Files that go along with a question, from the command line.
@Suite struct AttachTests {
  private let server: FaultServer
  private let scratch = Scratch()

  init() throws { server = try FaultServer { _ in answer("Yes.") } }

  private func run(_ arguments: [String], input: String? = nil) async throws -> Program.Outcome {
    try await Program.run(arguments, Program.openAI(server.url), input: input.map { Array($0.utf8) })
  }

  @Test func askTakesTextAndImages() async throws {
    let notes = scratch.write("notes.md", "It says ``` so\n")
    let outcome = try await run(["ask", "--attach", notes, "What", "is", "it?"])
    #expect(outcome.code == 0 && outcome.output == "Yes.")
    #expect(server.requests.last?.question == "What is it?\n\nFile: \(notes)\n````\nIt says ``` so\n````")
    let image = scratch.write("cat", "GIF89a")
    _ = try await run(["ask", "--attach", notes, "--attach=\(image)", "Look"])
    let body = String(decoding: try #require(server.requests.last).body, as: UTF8.self).replacing(#"\/"#, with: "/")
    #expect(body.contains(#"{"image_url":{"url":"data:image/gif;base64,R0lGODlh"},"type":"image_url"}"#))
  }

  @Test func whatCannotGoIsNamedAndNothingIsAsked() async throws {
    let missing = try await run(["ask", "--attach", "/nowhere/x.md", "Hi"])
    #expect(missing.code == 64 && missing.errors.contains("/nowhere/x.md: there is no such file"))
    let binary = scratch.write("a.pdf", "%PDF-1.4")
    let refused = try await run(["ask", "--attach", binary, "Hi"])
    #expect(refused.code == 65 && refused.errors.contains("a.pdf: is a PDF, not text"))
    let image = scratch.write("cat.gif", "GIF89a")
    let wire = try await run(["ask", "--provider", "openai-completions", "--attach", image, "Hi"])
    #expect(wire.code == 65 && wire.errors.contains("takes no images"), "\(wire.errors)")
    #expect(server.requests.isEmpty)
  }

  @Test func plainAttachesToTheNextMessage() async throws {
    let notes = scratch.write("notes.md", "It says so")
    let input = "/attach \(notes)\n/attach /nowhere\nHi\nAgain\n"
    let outcome = try await run(["--plain"], input: input)
    #expect(outcome.output.contains("[\(notes) · 10 B goes along with the next message]"), "\(outcome.output)")
    #expect(outcome.output.contains("[There is no file /nowhere]"))
    #expect(server.requests.first?.question == "Hi\n\nFile: \(notes)\n```\nIt says so\n```")
    #expect(server.requests.last?.question == "Again")
  }
}
