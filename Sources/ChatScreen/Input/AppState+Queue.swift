import ChatModel

/// The messages that wait: their menu, where each can be taken back into the input or removed.
extension AppState {
  var queueEntries: [MenuEntry] {
    queue.map { question in
      let text = question.text
      let line = text.prefix { !$0.isNewline }
      return MenuEntry(
        id: text, title: line.utf8.count < text.utf8.count ? line + " …" : String(line), detail: "", preview: text,
        isCurrent: false)
    }
  }

  /// Takes a message back into the input. What is typed there goes to the earlier inputs.
  mutating func takeFromQueue(_ index: Int) {
    guard queue.indices.contains(index) else { return }
    put(queue.remove(at: index))
  }

  /// Puts a message into the input, in place of what is typed there, which can be found among the earlier inputs.
  mutating func put(_ question: Question) {
    if !input.isEmpty, input.text != question.text { inputHistory.add(input.text) }
    input.setQuestion(question)
  }

  /// Removes the message that is selected in the menu, or brings back the one that was removed last.
  mutating func changeQueue(_ change: Action.EntryChange, of menu: Menu) {
    switch change {
    case .delete:
      guard let index = menu.chosen, queue.indices.contains(index) else { return }
      removedFromQueue.append(RemovedMessage(question: queue.remove(at: index), place: index))
      hint = Hint(text: "Removed" + keys.aside(.entry(.restore), "brings it back"))
    case .restore:
      guard let removed = removedFromQueue.popLast() else {
        hint = Hint(text: "Nothing was removed")
        return
      }
      queue.insert(removed.question, at: min(removed.place, queue.count))
    default: return
    }
    refreshMenu(.queue)
  }
}

/// A message that was taken out of the queue, and where it stood.
struct RemovedMessage: Equatable, Sendable {
  var question: Question
  var place: Int
}
