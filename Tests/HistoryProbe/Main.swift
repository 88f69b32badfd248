import ChatHistory
import ChatModel
import Glibc

/// Writes to a database of saved chats and says on standard output, a line each, what it was told is on the disk.
///
/// - `append PATH ID COUNT`: a conversation of that many messages.
/// - `stream PATH ID SEED`: questions and streamed answers until it is killed.
/// - `measure PATH`: says how long things take with 10,000 conversations, which it writes there first.
/// - `look PATH ID`: reads in every way, then tries to write, without the rights of root.
/// - `umask PATH ID MASK`: one message under that umask (octal).
@main enum Main {
  static func main() async {
    let arguments = CommandLine.arguments
    if arguments.count == 3, arguments[1] == "measure" {
      do { try await Measurement(path: arguments[2], now: now).run() } catch { say("error \(error)") }
      return
    }
    if arguments.count == 4, arguments[1] == "look" {
      // Who may do everything could write everywhere.
      if geteuid() == 0, setgid(65534) != 0 || setuid(65534) != 0 { exit(70) }
      await look(ConversationID(arguments[3]), HistoryStore(HistoryFile(path: arguments[2]), now: now))
      return
    }
    guard arguments.count == 5 else { exit(64) }
    let (command, path, id) = (arguments[1], arguments[2], ConversationID(arguments[3]))
    if command == "umask" { umask(mode_t(arguments[4], radix: 8) ?? 0) }
    let store = HistoryStore(HistoryFile(path: path), now: now)
    do {
      try await store.merge(SavedConversation(id: id, created: now()))
      switch command {
      case "append": try await append(Int(arguments[4]) ?? 0, to: id, of: store)
      case "stream": try await stream(to: id, of: store, seed: UInt64(arguments[4]) ?? 0)
      default: try await append(1, to: id, of: store)
      }
      await store.close()
    } catch {
      say("error \(error)")
      exit(1)
    }
  }

  private static func look(_ id: ConversationID, _ store: HistoryStore) async {
    do {
      say("list \(try await store.list(limit: 10).map(\.id))")
      say("load \(try await store.load(id).messages.map(\.content))")
      say("search \(try await store.search("message", limit: 10).map(\.id))")
    } catch { say("error \(error.kind)") }
    do { try await store.rename(id, to: "x") } catch { say("write \(error.kind)") }
  }

  private static func append(_ count: Int, to id: ConversationID, of store: HistoryStore) async throws {
    var last: MessageID?
    for number in 1...count {
      let message = SavedMessage(
        id: MessageID("m\(number)"), parent: last, role: .user, content: "message \(number) of \(id)", created: now())
      try await store.append(message, to: id)
      say("\(number)")
      last = message.id
    }
  }

  private static func stream(to id: ConversationID, of store: HistoryStore, seed: UInt64) async throws {
    var random = Generator(state: seed)
    var last: MessageID?
    for turn in 1...Int.max {
      let question = SavedMessage(
        id: MessageID("q\(turn)"), parent: last, role: .user, content: "question \(turn)", created: now())
      try await store.append(question, to: id)
      say("question \(turn)")
      var answer = SavedMessage(
        id: MessageID("a\(turn)"), parent: question.id, role: .assistant, content: "", created: now(),
        answer: SavedAnswer(provider: "probe"))
      try await store.append(answer, to: id)
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let piece = String(repeating: "word ", count: Int.random(in: 1...400, using: &random))
        try await store.extend(answer.id, of: id, content: piece)
        answer.content += piece
        say("answer \(turn) \(answer.content.utf8.count)")
      }
      answer.answer?.status = .complete
      try await store.update(answer, of: id, at: now())
      say("end \(turn) \(answer.content.utf8.count)")
      last = answer.id
    }
  }

  private static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
  }

  private static let now: @Sendable () -> Timestamp = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
  }
}

/// Numbers that are the same on every run with the same seed (splitmix64).
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
