import TerminalModel

/// The terminal's mouse and clipboard.
extension AppState {
  /// Turns the mouse on or off, and says what that means for selecting text.
  mutating func toggleMouse() -> [Effect] {
    isMouseOn.toggle()
    hint = Hint(
      text: isMouseOn
        ? "Mouse on: the wheel scrolls; the terminal no longer selects text (Shift selects in most)"
        : "Mouse off: the terminal selects text")
    return [.setMouse(isMouseOn)]
  }

  /// Says what became of a copied text.
  mutating func copied(_ outcome: CopyOutcome) -> [Effect] {
    hint = Hint(text: Self.words(for: outcome))
    return []
  }

  private static func words(for outcome: CopyOutcome) -> String {
    switch outcome {
    case .sent: "Copied, if the terminal allows it (it does not tell)"
    case .taken(let command): "Copied by \(command)"
    case .tooLong(let limit):
      "Not copied: terminals take \(limit) bytes at most; a copy_command in the configuration takes any length"
    case .unsupported: "Not copied: this terminal has no clipboard; a copy_command in the configuration may reach one"
    case .failed(let command, let reason): "Not copied: \(command) \(reason)"
    }
  }
}
