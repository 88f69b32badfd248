import ChatModel

/// What is typed is kept on the disk with the chat that is open: a second later at most, and at once when it is sent.
extension AppState {
  static let draftInterval = Duration.seconds(1)

  /// What is typed now and is to be kept when the program ends; nil where no trace is to be left.
  public var draftToKeep: Draft? { keepsHistory && !isPrivate ? draft : nil }

  private var draft: Draft { Draft(text: input.text, waiting: queue.map(\.text), aside: edit?.draft.text ?? "") }

  /// What is to be kept or forgotten after an event.
  mutating func keepDraft(after event: AppEvent, at now: Duration) -> [Effect] {
    guard keepsHistory, !isPrivate else {
      kept.due = nil
      return kept.draft.isEmpty ? [] : keep(Draft())
    }
    switch event {
    case .input, .edited, .unavailable, .history(.draft): kept.due = kept.due ?? now + Self.draftInterval
    default: break
    }
    let wasEmptied = input.isEmpty && !kept.draft.text.isEmpty
    let isDue = kept.due.map { $0 <= now } ?? false
    guard isDue || wasEmptied || queue.map(\.text) != kept.draft.waiting else { return [] }
    kept.due = nil
    let draft = draft
    return draft == kept.draft ? [] : keep(draft)
  }

  private mutating func keep(_ draft: Draft) -> [Effect] {
    kept.draft = draft
    return [.history(.keepDraft(draft))]
  }

  /// Takes up what was typed before. What is typed already stays; the older text is an earlier input then.
  mutating func restore(_ draft: Draft) {
    kept.draft = draft
    if !draft.aside.isEmpty { inputHistory.add(draft.aside) }
    if !draft.text.isEmpty {
      if input.isEmpty { input.setText(draft.text) } else if input.text != draft.text { inputHistory.add(draft.text) }
    }
    guard !draft.waiting.isEmpty else { return }
    queue = draft.waiting.map { Question($0) } + queue
    if availability == .unavailable { returnQueue() } else if turn == nil { sayThatQueueWaits() }
  }
}
