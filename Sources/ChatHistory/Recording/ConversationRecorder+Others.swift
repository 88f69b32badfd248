import ChatModel

/// Other programs that write into the same talk.
extension ConversationRecorder {
  /// Why the last answer is not to be carried on here: another program is still writing it, or did since it was read. What that one
  /// wrote would be lost. Nil where there is nothing in the way; then it is in hand here.
  public func obstacleToCarryOn() async -> String? {
    guard keeps, let talk, let last = talk.path.last, last.role == .assistant else { return nil }
    guard store.claim(.answer(last.id)) else {
      return "This answer is still being written by another window"
    }
    await settle()
    // What could not be written yet is no other program's.
    guard let there = try? await store.message(last.id, of: talk.id),
      !last.content.utf8.starts(with: there.content.utf8)
    else { return nil }
    release(last.id)
    return "This answer went on in another window: open the chat again to see it"
  }

  /// It is not carried on after all.
  public func leaveLast() {
    if let last = talk?.path.last { release(last.id) }
  }
}
