import TerminalModel

/// Looking for words in the talk.
extension AppState {
  /// Begins a search; the input waits meanwhile.
  mutating func openFind(_ words: String = "") {
    if isChoosing() { return }
    overlay = nil
    selection = nil
    recall = nil
    guard let origin = transcript.endOfPage() else {
      hint = Hint(text: "There is nothing to search yet")
      return
    }
    find = Find(words, origin: origin)
  }

  /// Ends the search; the page stays where it is.
  mutating func closeFind() {
    find = nil
    transcript.followAtEnd()
  }

  /// Changes the words that are looked for.
  mutating func changeFind(_ change: (inout InputEditor) -> Void) { find?.edit(change) }

  /// Goes to the next hit.
  mutating func stepFind(_ direction: Action.FindStep) {
    guard find?.current != nil else { return }
    guard find?.step(direction, in: transcript) == true else {
      hint = Hint(text: direction == .older ? "That was the oldest" : "That was the newest")
      return
    }
    revealsHit = true
  }

  /// Searches a slice, and lays the transcript out with the current hit on the page.
  mutating func settleTranscript() {
    if comparison != nil { return settleComparison() }
    transcript.goOn()
    find?.settle(columns: FindView.columns(of: size.columns))
    if find?.search(transcript) == true { revealsHit = true }
    let marks = find.flatMap { find in find.pattern.map { FindMarks(pattern: $0, current: find.current) } }
    transcript.settle(
      width: size.columns, rows: layout.transcript.count, theme: theme, marks: marks, selected: selection?.selected)
    settleSelection()
    guard revealsHit, let marks else { return }
    revealsHit = !transcript.reveal(marks)
    transcript.settle(width: size.columns, rows: layout.transcript.count, theme: theme, marks: marks)
  }

  /// True while there is something left to search.
  var isSearching: Bool { find.map { !$0.isComplete(in: transcript) } ?? false }
}
