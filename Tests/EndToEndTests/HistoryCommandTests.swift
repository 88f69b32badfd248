import CSQLite
import ChatModel
import Foundation
import Glibc
import TestSupport
import Testing

/// `history` by the real program, on a database of the test's own.
@Suite struct HistoryCommandTests {
  private static let imports =
    #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures/imports"

  private let scratch = Scratch()

  private func history(_ arguments: String..., input: [UInt8]? = nil) async throws -> Program.Outcome {
    try await Program.run(
      ["history"] + arguments, ["XDG_DATA_HOME": scratch.path + "/data"], input: input, directory: scratch.path)
  }

  /// A listing as a script reads it.
  private struct Listing: Decodable {
    struct Hit: Decodable {
      struct Piece: Decodable {
        var text: String
        var match: Bool
      }
      var message: String?
      var snippet: [Piece]
    }
    var id: String
    var title: String
    var updated: String
    var turns: Int
    var model: String?
    var hit: Hit?
  }

  private func listings(_ outcome: Program.Outcome) throws -> [Listing] {
    try JSONDecoder().decode([Listing].self, from: Data(outcome.bytes))
  }

  @Test func nothingIsMadeToFindNothing() async throws {
    let list = try await history("list")
    #expect(list.code == 0 && list.output == "" && list.errors == "No chats are saved yet.\n")
    #expect(try await history("search", "x", "--json").output == "[]\n")
    #expect(try await history("export", "--all", "--format", "json").output.contains("\"conversations\" : ["))
    let show = try await history("show", "last")
    #expect(show.code == 78 && show.errors.contains("there is no saved chat last"))
    #expect(access(scratch.path + "/data", F_OK) != 0)
  }

  @Test func importedChatsAreListedShownFoundAndExported() async throws {
    let first = try await history("import", Self.imports + "/chatgpt.json")
    #expect(first.code == 0, "\(first.errors)")
    #expect(
      first.output == "2 conversations imported, 1 without a message passed over; a mark stands for what the file only "
        + "names: 1 × [image_asset_pointer]\n")
    let again = try await history("import", Self.imports + "/chatgpt.json", "--json")
    #expect(again.output.contains("\"imported\":0") && again.output.contains("\"unchanged\":2"), "\(again.output)")
    let list = try listings(await history("list", "--json"))
    // The pinned one first.
    #expect(list.map(\.title) == ["Sine", "Hi"] && list.map(\.turns) == [2, 1])
    #expect(list[0].updated == "2024-04-24T23:08:21.500Z" && list[0].model == "gpt-4o")
    let none = try await history("list", "--limit", "0")
    #expect(none.output == "" && none.errors == "")
    #expect(try await history("show", list[0].id.uppercased()).output.hasPrefix("# Sine"))
    let text = try await history("list", "--limit", "1")
    #expect(text.output.hasSuffix("* Sine\n") && text.output.hasPrefix(list[0].id + "  2024-"), "\(text.output)")

    let show = try await history("show", String(list[0].id.prefix(20)))
    #expect(show.output.hasPrefix("# Sine\n\n- Conversation: \(list[0].id)\n"), "\(show.output) \(show.errors)")
    #expect(try await history("show", "last").output.hasPrefix("# Hi\n"))
    #expect(try await history("show", "last", "--json").output.contains("\"title\" : \"Hi\""))

    let found = try listings(await history("search", "cat", "--json"))
    #expect(found.map(\.title) == ["Sine"])
    #expect(found.first?.hit?.snippet.first { $0.match }?.text == "cat")
    let marked = try await history("search", "cat")
    #expect(marked.output.contains("A *cat*."), "\(marked.output)")
    let nothing = try await history("search", "zebra")
    #expect(
      nothing.code == 0 && nothing.output == ""
        && nothing.errors.contains("No saved chat has all of these words: zebra"))
  }

  @Test func exportsGoOutAndComeBack() async throws {
    _ = try await history("import", Self.imports + "/chatgpt.json")
    let path = scratch.path + "/all.json"
    let export = try await history("export", "--all", "--format", "json", "-o", path)
    #expect(export.code == 0 && export.output == "", "\(export.errors)")
    var information = stat()
    #expect(stat(path, &information) == 0 && information.st_mode & 0o777 == 0o600)
    let json = try String(contentsOfFile: path, encoding: .utf8)
    #expect(try await history("export", "--all", "--format", "json").output == json)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["all.json", "data"])

    let id = try #require(listings(await history("list", "--json")).last?.id)
    let deleted = try await history("delete", "last")
    #expect(deleted.output.contains("history undelete \(id)"))
    #expect(try listings(await history("list", "--json")).count == 1)
    #expect(try await history("undelete", id.uppercased()).output == "“Hi” is back.\n")
    #expect(try await history("export", "--all", "--format", "json").output == json)

    // Into an empty history: the same again.
    try FileManager.default.removeItem(atPath: scratch.path + "/data")
    #expect(try await history("import", "-", input: Array(json.utf8)).output.hasPrefix("2 conversations imported"))
    #expect(try await history("export", "--all", "--format", "json").output == json)
    for (form, beginning) in [
      ("markdown", "# "), ("jsonl", "{"), ("openai", "{\"messages\":["), ("html", "<!DOCTYPE html>"),
    ] {
      let outcome = try await history("export", id, "--format", form)
      #expect(outcome.code == 0 && outcome.output.hasPrefix(beginning), "\(form): \(outcome.errors)")
    }
  }

  @Test func halfGoodFilesAreTakenOnlyLeniently() async throws {
    let path = scratch.write(
      "half.jsonl",
      "{\"messages\":[{\"role\":\"user\",\"content\":\"A\"}]}\n{\"title\":\"T\\u001b[2J\",\"messages\":[{}]}\n")
    let strict = try await history("import", path)
    #expect(strict.code == 65 && strict.output == "")
    #expect(
      strict.errors.contains("conversation 2 (“T") && strict.errors.contains("line 2.messages[0].role: is missing"),
      "\(strict.errors)")
    #expect(strict.errors.contains("Nothing was imported; --lenient") && !strict.errors.contains("\u{1B}"))
    #expect(try await history("list").output == "")
    let lenient = try await history("import", path, "--lenient")
    #expect(
      lenient.code == 0
        && lenient.output == "1 conversation imported, 1 without a date, which count as of now, 1 left out\n")
    #expect(lenient.errors.hasPrefix("Left out: conversation 2") && !lenient.errors.contains("\u{1B}"))
  }

  @Test func whatWentOnHereIsNotOverwritten() async throws {
    _ = try await history("import", Self.imports + "/chatgpt.json")
    let json = try await history("export", "--all", "--format", "jsonl").output
    let lines = json.split(separator: "\n").map(String.init)
    func changed(_ updated: String) -> [UInt8] {
      Array(
        lines.map {
          $0.replacing("\"title\":\"Hi\"", with: "\"title\":\"Ho\"").replacing(
            "2024-04-24T23:11:41.000Z\",\"version", with: "\(updated)\",\"version")
        }.joined(separator: "\n").utf8)
    }
    let newer = try await history("import", "-", input: changed("2025-01-01T00:00:00.000Z"))
    #expect(newer.output == "0 conversations imported, 1 updated, 1 unchanged\n")
    let older = try await history("import", "-", input: Array(json.utf8))
    #expect(older.output == "0 conversations imported, 1 unchanged, 1 kept, since they went on here\n")
    #expect(try await history("show", "last").output.hasPrefix("# Ho\n"))
  }

  @Test func aDeletedChatIsBroughtBackByItsFile() async throws {
    _ = try await history("import", Self.imports + "/chatgpt.json")
    let json = try await history("export", "--all", "--format", "json").output
    _ = try await history("delete", "last")
    let again = try await history("import", Self.imports + "/chatgpt.json")
    #expect(
      again.output.hasPrefix("0 conversations imported, 1 unchanged, 1 that had been deleted brought back"),
      "\(again.output)")
    #expect(try await history("export", "--all", "--format", "json").output == json)
  }

  @Test func aDeletedChatIsBroughtBackByTheBeginningOfItsName() async throws {
    _ = try await history("import", Self.imports + "/chatgpt.json")
    let ids = try listings(await history("list", "--json")).map(\.id)
    for id in ids { _ = try await history("delete", id) }
    let last = try await history("undelete", "last")
    #expect(last.code == 0 && last.output.hasSuffix("is back.\n"), "\(last.errors)")
    #expect(try listings(await history("list", "--json")).map(\.id) == ids.suffix(1))
    let first = try await history("undelete", String(ids[0].dropLast(2)))
    #expect(first.code == 0, "\(first.errors)")
    #expect(try listings(await history("list", "--json")).count == ids.count)
    let none = try await history("undelete", "last")
    #expect(none.code == 78 && none.errors.contains("no deleted chat"), "\(none.errors)")
    let wrong = try await history("undelete", ids[0])
    #expect(wrong.code == 78 && wrong.errors.contains("no deleted chat \(ids[0])"), "\(wrong.errors)")
  }

  @Test(arguments: ["list", "search", "show", "export"]) func aFullDiskIsNamed(_ command: String) async throws {
    _ = try await history("import", Self.imports + "/chatgpt.json")
    let words = ["list": "", "search": "a", "show": "last", "export": "last --format json"][command] ?? ""
    // By a shell, since these programs have pipes.
    let line =
      "XDG_DATA_HOME=\(scratch.path)/data \(binary(named: "aichat-tui")) history \(command) \(words) >/dev/full"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 70)
    #expect(said == "aichat-tui: stdout: No space left on device\n")
  }

  @Test func lenienceIsAdvisedOnlyWhereItHelps() async throws {
    let path = scratch.write("bad.jsonl", "{\"messages\":[{}]}\n")
    let outcome = try await history("import", path)
    #expect(outcome.code == 65 && !outcome.errors.contains("--lenient"), "\(outcome.errors)")
  }

  @Test func mistakesAreNamed() async throws {
    for (arguments, code, words) in [
      ([], 64, "history wants one of: list, show"), (["lits"], 64, "did you mean list?"),
      (["list", "x"], 64, "history search x"), (["show"], 64, "history show wants an ID"),
      (["show", "a", "b"], 64, "“b” is one word too many"), (["search"], 64, "wants words"),
      (["export", "last"], 64, "--format, one of: markdown, json"),
      (["export", "x", "--format", "htm"], 64, "did you mean html?"),
      (["export", "--format", "json"], 64, "or --all"),
      (["export", "x", "--all", "--format", "json"], 64, "beside --all"),
      (["show", "x", "--limit", "3"], 64, "of history list, search"), (["list", "--limit", "-1"], 64, "whole number"),
      (["export", "x", "--json", "--format", "json"], 64, "for JSON: --format json"),
      (["import", "/nonexistent"], 78, "No such file"),
      (["import", "/"], 78, "Is a directory"), (["show", "nobody"], 78, "no saved chat nobody"),
    ] as [([String], Int32, String)] {
      let outcome = try await Program.run(["history"] + arguments, ["XDG_DATA_HOME": scratch.path + "/data"])
      #expect(outcome.code == code && outcome.errors.contains(words), "\(arguments): \(outcome.code) \(outcome.errors)")
    }
    let homeless = try await Program.run(["history", "list"], ["HOME": ""])
    #expect(homeless.code == 78 && homeless.errors.contains("Set HOME"), "\(homeless.errors)")
    let locked = try await Program.run(
      ["history", "import", Self.imports + "/chatgpt.json"], ["XDG_DATA_HOME": "/proc"])
    #expect(locked.code == 78, "\(locked.errors)")
  }

  @Test func llmsDatabaseIsRead() async throws {
    let path = scratch.path + "/logs.db"
    let sql = try String(contentsOfFile: Self.imports + "/llm-0.36.sql", encoding: .utf8)
    try makeDatabase(path, sql)
    let outcome = try await history("import", path)
    #expect(outcome.output.hasPrefix("4 conversations imported;"), "\(outcome)")
    #expect(try await history("search", "weather", "--json").output.contains("weather in Oslo?"))
    // Nothing is left beside it, and it is as it was.
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["data", "logs.db"])
  }

  /// On a terminal no text of a chat speaks to it.
  @Test func terminalsGetSafeText() async throws {
    _ = try await history(
      "import", "-", input: Array(#"[{"role":"user","content":"evil \u001b]0;x\u0007 \u001b[2J cat"}]"#.utf8))
    for arguments in [["show", "last"], ["list"], ["search", "evil"], ["export", "last", "--format", "markdown"]] {
      let terminal = try PtyTerminal(
        binary(named: "aichat-tui"), ["history"] + arguments, environment: ["XDG_DATA_HOME": scratch.path + "/data"])
      _ = terminal.waitForExit()
      let output = String(decoding: terminal.output, as: UTF8.self)
      #expect(output.contains("evil") && output.contains("␛[2J"), "\(arguments): \(output)")
      #expect(!output.contains("\u{7}") && !output.contains("\u{1B}[2J") && !output.contains("\u{1B}]"))
    }
  }

  private func makeDatabase(_ path: String, _ sql: String) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
  }
}
