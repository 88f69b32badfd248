import ChatModel

/// One prompt for one model.
struct AskQuestion: Equatable, Sendable {
  /// From 0: prompt by prompt, and for each prompt model by model.
  var index: Int
  var prompt: String
  /// The files that go along.
  var attachments: [Attachment] = []
  /// Which of the named models is asked, by its place; 0 where none is named.
  var model: Int

  /// Every prompt for every model.
  static func all(_ prompts: [String], attachments: [Attachment] = [], models: Int) -> [AskQuestion] {
    let pairs = prompts.flatMap { prompt in (0..<max(1, models)).map { (prompt, $0) } }
    return pairs.enumerated().map { AskQuestion(index: $0, prompt: $1.0, attachments: attachments, model: $1.1) }
  }
}
