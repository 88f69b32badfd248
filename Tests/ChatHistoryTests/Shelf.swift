import ChatHistory
import ChatModel
import Foundation
import Synchronization

/// A directory of a test's own with a database in it; gone with the value.
final class Shelf: Sendable {
  static let start = Timestamp(milliseconds: 1_763_722_341_123)

  let directory: String
  /// What the stores see as the time.
  let time = Mutex(Shelf.start)
  let notices = Mutex<[HistoryNotice]>([])

  init() {
    var template = Array("/tmp/aichat-tui-history-XXXXXX".utf8CString)
    directory = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
  }

  deinit { if !directory.isEmpty { try? FileManager.default.removeItem(atPath: directory) } }

  var path: String { directory + "/data/aichat-tui/history.sqlite" }
  var file: HistoryFile { HistoryFile(path: path) }

  /// A store over the database, as another program would have one.
  func store() -> HistoryStore {
    HistoryStore(
      file, now: { self.time.withLock { $0 } }, onNotice: { notice in self.notices.withLock { $0.append(notice) } })
  }

  /// Lets time pass.
  func pass(_ milliseconds: Int) {
    time.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + milliseconds) }
  }

  /// The names in the database's directory.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: file.directoryPath)) ?? []).sorted()
  }
}

extension HistoryFile {
  var directoryPath: String { String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }
}

extension HistoryStore {
  /// Saves conversations one after the other.
  func save(_ conversations: [SavedConversation]) throws(HistoryError) {
    for conversation in conversations { try merge(conversation) }
  }
}

extension SavedMessage {
  init(_ id: String, after parent: String?, _ role: Role, _ content: String, answer: SavedAnswer? = nil) {
    self.init(
      id: MessageID(id), parent: parent.map { MessageID($0) }, role: role, content: content, created: Shelf.start,
      answer: answer)
  }
}

extension SavedConversation {
  /// Questions and answers in turn, from a question on.
  init(_ id: String, _ texts: String..., updated: Int = 0) {
    var messages: [SavedMessage] = []
    for (index, text) in texts.enumerated() {
      let isQuestion = index.isMultiple(of: 2)
      messages.append(
        SavedMessage(
          "\(index)", after: index == 0 ? nil : "\(index - 1)", isQuestion ? .user : .assistant, text,
          answer: isQuestion ? nil : SavedAnswer(provider: "p", model: "m", status: .complete)))
    }
    self.init(
      id: ConversationID(id), title: Self.title(from: texts.first ?? ""), created: Shelf.start,
      updated: Timestamp(milliseconds: Shelf.start.milliseconds + updated), head: messages.last?.id, messages: messages)
  }
}
