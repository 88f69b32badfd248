import ChatModel

/// Which way a talk goes. Nothing that was said is removed by any of it.
extension ConversationRecorder {
  /// The present talk with all its ways; nil before its first question.
  public var present: SavedConversation? { talk }

  /// The talks of this run that are not written, but the present one, the newest first.
  public var unwritten: [SavedConversation] {
    talks.values.filter { !$0.isKept && $0.saved.id != current }.map(\.saved).sorted { $0.updated > $1.updated }
  }

  /// Takes the last questions back, with all that followed them: what is asked next stands beside the first of them.
  public func takeBack(_ count: Int) {
    guard let talk else { return }
    let questions = talk.path.filter { $0.role == .user }
    guard questions.indices.contains(questions.count - count) else { return }
    move(to: questions[questions.count - count].parent)
  }

  /// Goes on behind another message, of the present talk or of one that is not written.
  ///
  /// - Returns: the talk; nil where there is no such message.
  public func show(_ end: MessageID?, of id: ConversationID) -> SavedConversation? {
    guard let talk = talks[id], end == nil || talk.saved.messages.contains(where: { $0.id == end }) else { return nil }
    if id != current {
      current = id
      keeps = talk.isKept
    }
    move(to: end)
    guard let saved = self.talk else { return nil }
    goOn(with: saved)
    return saved
  }

  private func move(to head: MessageID?) {
    guard let current else { return }
    leavePath(for: head)
    talks[current]?.saved.threadID = nil
    write(current) { store throws(HistoryError) in try await store.setHead(head, of: current) }
  }

  /// What still comes of the path up to now, such as the end of an answer that was stopped, is written at its place and the talk
  /// does not go there.
  func leavePath(for head: MessageID?) {
    guard let current else { return }
    next = nil
    for (turn, answer) in answers where answer.talk == current { answers[turn]?.isOnPath = false }
    talks[current]?.saved.head = head
    let path = Set(talk?.path.map(\.id) ?? [])
    ends = ends.filter { path.contains($0.value) }
  }
}
