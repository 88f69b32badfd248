import ChatModel

/// A talk as it is, or is to be, saved.
struct RecordedTalk {
  var saved: SavedConversation
  /// Writes of it that are still to be done.
  var pending = 0
  /// Not all of it is on the disk.
  var isBehind = false
  /// Writes up to this number have nothing more to add, since all was saved after them.
  var settled = 0

  init(saved: SavedConversation) { self.saved = saved }

  mutating func append(_ message: SavedMessage) {
    saved.messages.append(message)
    saved.head = message.id
    saved.updated = message.created
  }

  mutating func replace(_ message: SavedMessage) {
    guard let index = saved.messages.lastIndex(where: { $0.id == message.id }) else { return }
    saved.messages[index] = message
  }
}
