import ChatHistory
import ChatModel
import Glibc
import TerminalModel

/// `history`: the saved chats for scripts and for reading.
struct HistoryCommand {
  let store: HistoryStore
  let console: Console
  let isJSON: Bool

  /// Runs the command; returns the code to end with.
  static func run(_ options: Options, _ process: [String: String], _ console: Console) throws(CommandFailure)
    -> ExitCode
  {
    let request = try HistoryRequest(options)
    let file = HistoryFile(environment: process)
    let store = HistoryStore(
      file, now: { SystemTime.now }, onNotice: { console.complain("aichat-tui: " + EndLine.oneLine($0.message)) })
    let command = HistoryCommand(store: store, console: console, isJSON: options.isJSON)
    // What only looks makes no file; not even to find nothing in it.
    if let file, access(file.path, F_OK) != 0, errno == ENOENT, let code = try command.withoutFile(request) {
      return code
    }
    let outcome = Blocking.run { () async -> Result<ExitCode, CommandFailure> in
      let outcome: Result<ExitCode, CommandFailure>
      do throws(CommandFailure) { outcome = .success(try await command.run(request)) } catch {
        outcome = .failure(error)
      }
      // What a store deleted is gone when it closes.
      if case .delete = request { return outcome }
      await store.close()
      return outcome
    }
    return try outcome.get()
  }

  /// The answer where nothing was ever saved; nil where a file is to be made.
  private func withoutFile(_ request: HistoryRequest) throws(CommandFailure) -> ExitCode? {
    switch request {
    case .importing: return nil
    case .list, .search:
      if isJSON { return console.show("[]\n") }
      console.complain("No chats are saved yet.")
      return .success
    case .export(nil, let format, let path):
      var sink = try ExportSink(path, console)
      try sink.write(format.text(of: []))
      return try sink.finish()
    case .show(let id), .delete(let id), .undelete(let id), .export(let id?, _, _):
      throw .configuration("there is no saved chat \(id): none are saved yet")
    }
  }

  private func run(_ request: HistoryRequest) async throws(CommandFailure) -> ExitCode {
    switch request {
    case .list(let limit): return try await list(limit: limit)
    case .search(let words, let limit): return try await search(words, limit: limit)
    case .show(let id): return try await show(id)
    case .export(let id, let format, let path): return try await export(id, format, to: path)
    case .importing(let path, let isLenient): return try await take(path, isLenient: isLenient, now: SystemTime.now)
    case .delete(let id): return try await delete(id)
    case .undelete(let id): return try await undelete(id)
    }
  }

  // MARK: one chat

  /// The chat that a word on the command line means: `last`, or the one whose id begins so.
  func resolve(_ word: String) async throws(CommandFailure) -> ConversationID {
    try await reporting { () async throws(HistoryError) in
      try await store.conversation(beginningWith: word)
    }
  }

  private func show(_ word: String) async throws(CommandFailure) -> ExitCode {
    let id = try await resolve(word)
    let conversation = try await reporting { () async throws(HistoryError) in try await store.load(id) }
    return print(
      isJSON ? HistoryJSON.text(conversation, isPretty: true) + "\n" : ExportFormat.markdown.text(of: [conversation]))
  }

  private func delete(_ word: String) async throws(CommandFailure) -> ExitCode {
    let id = try await resolve(word)
    let title = try await reporting { () async throws(HistoryError) in
      let title = try await store.loadEnd(of: id, count: 1).shownTitle
      try await store.delete(id)
      return title
    }
    return print("Deleted “\(title)”. To bring it back within a day: aichat-tui history undelete \(id)\n")
  }

  private func undelete(_ word: String) async throws(CommandFailure) -> ExitCode {
    let title = try await reporting { () async throws(HistoryError) in
      let id = try await store.conversation(beginningWith: word, isDeleted: true)
      try await store.restore(id)
      return try await store.loadEnd(of: id, count: 1).shownTitle
    }
    return print("“\(title)” is back.\n")
  }

  /// Writes text to stdout as the last thing: made safe for a terminal, byte for byte into a pipe.
  func print(_ text: String) -> ExitCode {
    console.show(console.isOutputTerminal ? Sanitiser.terminalSafe(text) : text)
  }

  /// Runs what the history may fail at.
  func reporting<Value>(
    _ body: () async throws(HistoryError) -> Value
  ) async throws(CommandFailure) -> Value {
    do { return try await body() } catch { throw CommandFailure(error) }
  }
}

extension CommandFailure {
  /// What the history says, and the code for it.
  init(_ error: HistoryError) {
    let code: ExitCode =
      switch error.kind {
      case .notFound, .noHome, .unwritable, .newer, .foreign: .configuration
      case .ambiguous: .usage
      case .full, .locked: .temporaryFailure
      case .damaged, .io, .unexpected: .unexpected
      }
    self.init(code: code, message: error.message + (error.remedy.map { ". \($0)" } ?? ""))
  }
}
