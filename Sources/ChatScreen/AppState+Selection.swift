import TerminalModel

/// Selecting messages and blocks of code, to copy or save them.
extension AppState {
  /// Opens the selection with the newest message on the page, or closes it. The input waits meanwhile.
  mutating func toggleSelection() {
    if isChoosing() { return }
    overlay = nil
    recall = nil
    if selection != nil { return closeSelection() }
    let bottom = transcript.page.rows.last?.line.item ?? 0
    guard let message = transcript.message(near: bottom) else {
      hint = Hint(text: "There is nothing to select yet")
      return
    }
    find = nil
    let wasFollowing = transcript.anchor == .following
    // What comes meanwhile does not move the page.
    transcript.stand()
    selection = Selection(message, anchor: transcript.anchor, wasFollowing: wasFollowing)
  }

  /// Ends the selection. The page stays, and follows the end again if it did and was not moved.
  mutating func closeSelection() {
    guard let closed = selection else { return }
    selection = nil
    if closed.wasFollowing, transcript.anchor == closed.anchor {
      transcript.follow()
    } else {
      transcript.followAtEnd()
    }
  }

  /// Goes to another thing.
  mutating func moveSelection(_ move: Action.SelectionMove) {
    guard let selected = selection?.selected else { return }
    let page = max(1, transcript.rows - 1)
    switch move {
    case .next: select(transcript.selectable(after: selected), orSay: "That is the last")
    case .previous: select(transcript.selectable(before: selected), orSay: "That is the first")
    case .nextMessage: select(transcript.message(after: selected), orSay: "That is the last message")
    case .previousMessage:
      let before = selected.block == nil ? transcript.message(before: selected) : selected.message
      select(before, orSay: "That is the first message")
    case .inward: select(transcript.inner(after: selected) ?? selected.message)
    case .outward:
      let before = selected.block == nil ? transcript.lastInner(of: selected) : transcript.inner(before: selected)
      select(before ?? selected.message)
    case .pageUp: select(transcript.select(movingBy: -page), reveals: false)
    case .pageDown: select(transcript.select(movingBy: page), reveals: false)
    case .first:
      transcript.scrollToTop()
      select(transcript.message(near: 0), reveals: false)
    case .last:
      transcript.follow()
      select(transcript.message(near: transcript.items.count - 1), reveals: false)
    }
  }

  private mutating func select(_ target: Selected?, orSay why: String? = nil, reveals: Bool = true) {
    if let target { selection?.select(target, reveals: reveals) } else if let why { hint = Hint(text: why) }
  }

  /// Looks again at what is selected, once the transcript is laid out; brings it onto the page where it just was selected.
  mutating func settleSelection() {
    guard selection != nil else { return }
    selection?.settle(columns: SelectionView.columns(of: size.columns))
    guard let selected = selection?.selected, let text = transcript.text(of: selected) else {
      // It is gone: its message is what is left of it.
      guard let message = selection?.selected.message, transcript.index(of: message) != nil else {
        return closeSelection()
      }
      selection?.select(message)
      return settleTranscript()
    }
    selection?.describe(text)
    guard selection?.wantsReveal == true else { return }
    selection?.wantsReveal = false
    transcript.reveal(selected)
    transcript.settle(width: size.columns, rows: layout.transcript.count, theme: theme, selected: selected)
  }
}

/// What is done with what is selected.
extension AppState {
  /// Copies it.
  mutating func copySelected(_ form: Action.CopyForm) -> [Effect] {
    guard let selected = selection?.selected else { return [] }
    return copy(transcript.text(of: selected), form)
  }

  /// Enter: opens or folds reasoning, copies all else.
  mutating func chooseSelected() -> [Effect] {
    guard selection?.isFoldable == true else { return copySelected(.source) }
    transcript.toggleReasoning()
    selection?.wantsReveal = true
    return []
  }

  /// Asks for the name of a file to write it to.
  mutating func nameFile() { selection?.fileName = InputEditor() }

  /// Writes it to the file that was named; a name that begins with `!` overwrites.
  mutating func saveSelected() -> [Effect] {
    guard let selected = selection?.selected, let name = selection?.fileName?.text, saving.isEmpty else { return [] }
    let overwrites = name.hasPrefix("!")
    return save(transcript.text(of: selected), to: overwrites ? String(name.dropFirst()) : name, overwrites: overwrites)
  }
}
