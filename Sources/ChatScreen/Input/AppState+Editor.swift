import TerminalModel

/// The input in the user's editor.
extension AppState {
  /// Gives the input to the editor, which has the terminal meanwhile.
  mutating func editInput() -> [Effect] {
    heldInputs = []
    return [.edit(input.text)]
  }

  /// Takes the text over, undoably, and then what was typed on our side before the editor had the terminal.
  mutating func edited(_ outcome: EditOutcome, at now: Duration) -> [Effect] {
    switch outcome {
    case .text(let text): if text != input.text { input.setText(text) }
    case .failed(let why): hint = Hint(text: "\(why); the input is as it was", shorter: [why])
    }
    let held = heldInputs ?? []
    heldInputs = nil
    return held.flatMap { take($0, at: now) }
  }
}
