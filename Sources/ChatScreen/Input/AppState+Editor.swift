import ChatModel
import TerminalModel

/// The input in the user's editor.
extension AppState {
  /// Gives the input to the editor, which has the terminal meanwhile.
  mutating func editInput() -> [Effect] {
    heldInputs = []
    textInEditor = input.text
    return [.edit(input.text)]
  }

  /// Takes the text over, undoably, and then what was typed on our side before the editor had the terminal.
  mutating func edited(_ outcome: EditOutcome, at now: Duration) -> [Effect] {
    switch outcome {
    case .text(let text):
      // What came into the input meanwhile, with a chat that was opened, can be found.
      if let given = textInEditor, input.text != given, !input.isEmpty { inputHistory.add(input.text) }
      // Files stay that are still named.
      let files = input.question.attachments.filter { text.contains(Mention.text(for: $0.name)) }
      if text != input.text { input.setQuestion(Question(text, attachments: files)) }
    case .failed(let why): hint = Hint(text: "\(why); the input is as it was", shorter: [why])
    }
    textInEditor = nil
    return releaseHeld(at: now)
  }
}
