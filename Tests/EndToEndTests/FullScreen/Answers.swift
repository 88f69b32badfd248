import Foundation
import Synchronization
import TestSupport

extension FaultServer.Step {
  /// A piece of an answer, in a chunk of its own.
  static func say(_ text: String) -> Self { .chunk(event(text)) }

  /// The end of an answer.
  static let done = Self.chunk("data: [DONE]\n\n")

  /// The text as JSON has it.
  static func quoted(_ text: String) -> String {
    (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  /// The server-sent event of a piece of an answer.
  static func event(_ text: String) -> String {
    #"data: {"choices":[{"index":0,"delta":{"content":\#(quoted(text))}}]}"# + "\n\n"
  }
}

extension FaultServer {
  /// A server whose first request gets the first of these answers, and so on; the last one stays.
  convenience init(inTurn answers: [Step]...) throws {
    let rest = Rest(answers)
    try self.init { _ in rest.next() }
  }

  private final class Rest: Sendable {
    private let answers: Mutex<[[Step]]>
    init(_ answers: [[Step]]) { self.answers = Mutex(answers) }
    func next() -> [Step] { answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? [] } }
  }
}

/// A whole answer in these pieces.
func answer(_ pieces: String...) -> [FaultServer.Step] {
  [.head(200)] + pieces.map { .say($0) } + [.done, .end]
}

extension FaultServer.Request {
  /// The messages of a chat request, each as `role: content`; what is wrong with it where it is none.
  var messages: [String] {
    struct Chat: Decodable {
      struct Message: Decodable {
        var role: String
        var content: String
      }
      var messages: [Message]
    }
    do {
      let chat = try JSONDecoder().decode(Chat.self, from: Data(body))
      return chat.messages.map { "\($0.role): \($0.content)" }
    } catch { return ["\(error)"] }
  }

  /// The last thing that the user said.
  var question: String { messages.last.map { String($0.dropFirst("user: ".count)) } ?? "" }
}
