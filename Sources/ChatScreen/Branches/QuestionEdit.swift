import ChatModel

/// An earlier question that is being changed, in the place of what was being written.
struct QuestionEdit: Equatable, Sendable {
  /// Which one: 1 is the last.
  let back: Int
  /// As it was asked.
  let question: Question
  /// What the input held before.
  var draft: InputEditor
}
