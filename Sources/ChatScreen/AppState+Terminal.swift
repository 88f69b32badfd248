/// The terminal's mouse.
extension AppState {
  /// Turns the mouse on or off, and says what that means for selecting text.
  mutating func toggleMouse() -> [Effect] {
    isMouseOn.toggle()
    hint = Hint(
      text: isMouseOn
        ? "Mouse on: the wheel scrolls; the terminal no longer selects text (Shift selects in most)"
        : "Mouse off: the terminal selects text",
      shorter: isMouseOn
        ? ["Mouse on: the wheel scrolls; Shift selects text in most terminals", "Mouse on; Shift selects text"] : [])
    return [.setMouse(isMouseOn)]
  }
}
