/// Searching the earlier inputs.
extension AppState {
  /// Begins the search; the input waits meanwhile.
  mutating func openRecall() {
    if inputHistory.entries.isEmpty {
      hint = Hint(text: "There are no earlier inputs yet")
    } else {
      recall = Recall()
    }
  }

  /// Changes the words that are searched for.
  mutating func changeRecall(_ change: (inout InputEditor) -> Void) { recall?.edit(inputHistory.entries, change) }

  /// Goes to the next earlier or later input.
  mutating func stepRecall(_ direction: Action.FindStep) { recall?.step(inputHistory.entries, direction) }

  /// Ends the search with what it found in the input, in place of what was typed there, which undo brings back.
  mutating func takeRecalled() {
    if let place = recall?.place, inputHistory.entries.indices.contains(place) {
      let found = inputHistory.entries[place]
      if !input.isEmpty, input.text != found { inputHistory.add(input.text) }
      input.setText(found)
      commandList.recalled()
    }
    recall = nil
  }
}
