import ChatModel

/// Several answers to one question, at the same time.
extension ConversationRecorder {
  /// Several answer the question that was asked last. Each answer stands beside the others, and the talk goes on with the first
  /// until one is kept.
  public func began(_ contenders: [(turn: TurnID, answerer: Answerer)]) {
    guard let question = talk?.head else { return }
    for (place, contender) in contenders.enumerated() {
      beginAnswer(to: question, by: contender.answerer)
      next?.isOnPath = place == 0
      next?.place = place
      began(contender.turn)
    }
  }

  /// Answers side by side stand in the order in which they were asked for, also where a later one is the first of which
  /// something comes.
  func appendEarlier(than answer: RunningAnswer) {
    guard let place = answer.place else { return }
    let earlier = answers.filter { _, other in
      guard let before = other.place, !other.isWritten, other.talk == answer.talk else { return false }
      return before < place && other.message.parent == answer.message.parent
    }
    for turn in earlier.keys.sorted(by: >) {
      guard let other = answers[turn] else { continue }
      answers[turn]?.isWritten = true
      append(other)
    }
  }

  /// The message that a turn's answer ends in, once it has ended; nil where nothing came of it.
  public func end(of turn: TurnID) -> MessageID? { ends[turn] }
}
