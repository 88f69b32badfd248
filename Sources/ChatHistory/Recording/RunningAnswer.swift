import ChatModel

/// An answer that is coming.
struct RunningAnswer {
  /// As it was last written, or is going to be first.
  var message: SavedMessage
  let talk: ConversationID
  /// What came since.
  var content = ""
  var reasoning = ""
  var isWritten: Bool
  /// The talk still goes the way that it is on.
  var isOnPath = true
  /// Its place among those that answer the same question at the same time; any of them may be gone on with.
  var place: Int?
  /// Waits for the next write.
  var timer: Task<Void, Never>?

  init(message: SavedMessage, talk: ConversationID, isWritten: Bool) {
    self.message = message
    self.talk = talk
    self.isWritten = isWritten
  }

  var hasNews: Bool { !content.isEmpty || !reasoning.isEmpty }

  /// Adds what came to the message.
  mutating func takeIn() {
    message.content += content
    let earlier = message.answer?.reasoning ?? ""
    if !reasoning.isEmpty { message.answer?.reasoning = earlier + reasoning }
    content = ""
    reasoning = ""
  }
}
