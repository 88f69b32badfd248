import ChatModel

/// What is typed is kept on the disk with the chat that is open: a second later at most, and at once when it is sent.
extension AppState {
  static let draftInterval = Duration.seconds(1)

  /// What is typed now and is to be kept when the program ends; nil where no trace is to be left.
  public var draftToKeep: Draft? { keepsHistory && !isPrivate ? draft : nil }

  private var draft: Draft {
    Draft(text: input.text, waiting: queue.map(\.text), aside: edit?.draft.text ?? inputHistory.draft)
  }

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

  /// Another chat is asked for: what is typed, and what waits, stays with the present one.
  mutating func leaveDraft() -> [Effect] {
    let draft = draft
    if draft.isEmpty { return [] }
    leaving = draft
    return draftToKeep == nil ? [] : [.history(.leaveDraft(draft))]
  }

  /// The other chat is there: what was left with the one before goes, what was typed since is for this one. Of a chat that
  /// leaves no trace it goes to the earlier inputs of this run.
  mutating func dropLeftDraft() {
    guard let left = leaving else { return }
    leaving = nil
    inputHistory.endWalk()
    if draftToKeep == nil {
      for text in left.waiting + [left.aside, left.text] where !text.isEmpty { inputHistory.add(text) }
    }
    edit = nil
    queue.removeFirst(min(left.waiting.count, queue.count))
    if input.text == left.text {
      input = InputEditor(keepingKillsOf: input)
    } else if input.text.hasPrefix(left.text) {
      input.setText(String(input.text.dropFirst(left.text.count)))
    }
    kept = KeptDraft()
  }

  /// A new chat is begun: what waits stays with the present one, once that is begun.
  mutating func leaveQueue() -> [Effect] {
    guard !queue.isEmpty, hasQuestion else { return [] }
    let effects = leaveDraft()
    dropLeftDraft()
    return effects
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
