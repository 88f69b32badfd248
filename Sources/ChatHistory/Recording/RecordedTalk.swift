import ChatModel

/// A talk as it is, or is to be, saved.
struct RecordedTalk {
  var saved: SavedConversation
  /// Whether it is written at all. One that is not is held for as long as the program runs.
  let isKept: Bool
  /// Writes of it that are still to be done.
  var pending = 0
  /// Not all of it is on the disk.
  var isBehind = false
  /// Writes up to this number have nothing more to add, since all was saved after them.
  var settled = 0

  init(saved: SavedConversation, isKept: Bool) {
    self.saved = saved
    self.isKept = isKept
  }

  /// Adds an answer; the path ends in it unless it was left meanwhile.
  mutating func append(_ answer: RunningAnswer) {
    saved.messages.append(answer.message)
    if answer.isOnPath { saved.head = answer.message.id }
    saved.updated = answer.message.created
  }

  mutating func replace(_ message: SavedMessage) {
    guard let index = saved.messages.lastIndex(where: { $0.id == message.id }) else { return }
    saved.messages[index] = message
  }
}
