import Foundation
import TestSupport
import Testing

/// Copying and saving what was selected, to where it is wanted.
@Suite(.ownThreads) struct SelectingTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("selecting-\(UUID())").path

  private static let text = "Look:\n\n```swift\nlet world = \"世界\"\n\tprint(world)\n```\n\nThat is **all**."
  private static let code = "let world = \"世界\"\n\tprint(world)"

  private func inFolder(_ test: () throws -> Void) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try test()
  }

  private func chat(_ arguments: [String] = []) throws -> Chat {
    let server = try FaultServer { _ in answer(Self.text) }
    let chat = try Chat(arguments, with: server, environment: ["HOME": folder], columns: 160)
    chat.ask("Hi")
    chat.shows("That is all.")
    chat.isAt("ready")
    return chat
  }

  @Test func aConfiguredCommandGetsIt() throws {
    try inFolder {
      let configuration = "{ copy_command: 'cat >\(folder)/copied' }"
      try configuration.write(toFile: "\(folder)/config.json", atomically: true, encoding: .utf8)
      let chat = try chat(["--config", "\(folder)/config.json"])
      chat.type(Press.f5)
      chat.shows("answer · 8 lines · y copy · t text · s save · Esc leave")
      chat.type(Press.up)
      chat.shows("code · swift · 2 lines · y copy")
      chat.type("y")
      chat.shows("Copied 2 lines of swift (30 characters) by cat")
      #expect(try String(contentsOfFile: "\(folder)/copied", encoding: .utf8) == Self.code)
      chat.type(Press.escape)
      chat.hasInput("")
      chat.ask("/copy")
      chat.shows("Copied 8 lines of the answer (")
      #expect(try String(contentsOfFile: "\(folder)/copied", encoding: .utf8) == Self.text)
      chat.type(Press.controlD)
      chat.ends(with: 0)
    }
  }

  @Test func theTerminalGetsIt() throws {
    let chat = try chat()
    chat.copies = [Self.code, "Look:\n\n\(Self.code)\n\nThat is all."]
    chat.ask("/copy code")
    chat.shows("Copied 2 lines of swift (30 characters); if not there: /save FILE")
    chat.ask("/select")
    chat.shows("answer · 8 lines")
    chat.type("t")
    chat.shows("Copied 6 lines of the answer as text (51 characters); if not there: s saves")
    chat.type(Press.escape)
    chat.hasInput("")
    chat.type(Press.controlD)
    chat.ends(with: 0)
  }

  @Test func aFileGetsIt() throws {
    try inFolder {
      let chat = try chat()
      chat.ask("/save ~/answer.md")
      chat.shows("Saved 8 lines of the answer (")
      #expect(try String(contentsOfFile: "\(folder)/answer.md", encoding: .utf8) == Self.text + "\n")
      chat.ask("/save ~/answer.md")
      chat.shows("~/answer.md exists: /save! ~/answer.md overwrites it; /save ~/answer-2.md")
      chat.type(Press.f5 + Press.up)
      chat.shows("code · swift · 2 lines")
      chat.type("s")
      chat.shows("Save to:")
      chat.type("~/answer.md" + Press.enter)
      chat.shows("~/answer.md exists: !~/answer.md overwrites it; ~/answer-2.md is free")
      chat.type(Press.controlU + "!~/answer.md" + Press.enter)
      chat.shows("Saved 2 lines of swift (30 characters) to ~/answer.md")
      #expect(try String(contentsOfFile: "\(folder)/answer.md", encoding: .utf8) == Self.code + "\n")
      chat.type("s")
      chat.shows("Save to:")
      chat.type("/nonexistent/x" + Press.enter)
      chat.shows("Not saved: /nonexistent/x: No such file or directory")
      // Written before the end, however soon that comes.
      chat.type(Press.controlU + "~/last.swift" + Press.enter + Press.controlC + Press.controlC)
      chat.ends(with: 0)
      #expect(try String(contentsOfFile: "\(folder)/last.swift", encoding: .utf8) == Self.code + "\n")
    }
  }
}
