/// What a Ctrl-C took from the input: a second one quits, and then it is kept as any draft.
struct ClearedInput: Equatable, Sendable {
  var input: InputEditor
  var edit: QuestionEdit?
}
