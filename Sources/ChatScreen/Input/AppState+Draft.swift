import ChatModel

/// What is typed is kept on the disk with the chat that is open: a third of a second later at most, and at once when it is sent.
extension AppState {
  static let draftInterval = Duration.milliseconds(300)

  /// What is typed now and is to be kept when the program ends; nil where no trace is to be left, or another chat is being
  /// opened: what is typed stays with the present one already, and the other's must not be taken for it.
  public var draftToKeep: Draft? { keepsHistory && !isPrivate && leaving == nil ? draft : nil }

  private var draft: Draft {
    let edited = edit.map { Draft.Edited(back: $0.back, asked: $0.question.text, aside: $0.draft.question) }
    return Draft(input: input.question, waiting: queue, aside: inputHistory.draft, edit: edited)
  }

  /// What is to be kept or forgotten after an event.
  mutating func keepDraft(after event: AppEvent, at now: Duration) -> [Effect] {
    guard keepsHistory, !isPrivate else {
      kept.due = nil
      return kept.draft.isEmpty ? [] : keep(Draft())
    }
    switch event {
    case .input, .edited, .attached, .ran, .unavailable, .history(.draft):
      kept.due = kept.due ?? now + Self.draftInterval
    default: break
    }
    if leaving != nil { return [] }
    let wasEmptied = input.isEmpty && !kept.draft.input.text.isEmpty
    let isDue = kept.due.map { $0 <= now } ?? false
    guard isDue || wasEmptied || queue != kept.draft.waiting else { return [] }
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
    let isKept = draftToKeep != nil
    leaving = draft
    return isKept && !draft.isEmpty ? [.history(.leaveDraft(draft))] : []
  }

  /// The other chat is there: what was left with the one before goes, what was typed since is for this one. Of a chat that
  /// leaves no trace it goes to the earlier inputs of this run.
  mutating func dropLeftDraft() {
    guard let left = leaving else { return }
    leaving = nil
    inputHistory.endWalk()
    if draftToKeep == nil {
      for text in left.texts { inputHistory.add(text) }
    }
    edit = nil
    queue.removeFirst(min(left.waiting.count, queue.count))
    if input.text == left.input.text {
      input = InputEditor(keepingKillsOf: input)
    } else if input.text.hasPrefix(left.input.text) {
      input.setText(String(input.text.dropFirst(left.input.text.count)))
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
    var draft = draft
    let edited = draft.edit.flatMap { resume($0, &draft) }
    say(draft.losses)
    draft.losses = []
    kept.draft = draft
    if !draft.aside.text.isEmpty { inputHistory.add(draft.aside.text) }
    if let edited {
      edit = edited
      input.setQuestion(draft.input)
    } else if !draft.input.text.isEmpty {
      if input.isEmpty {
        input.setQuestion(draft.input)
      } else if input.text != draft.input.text {
        inputHistory.add(draft.input.text)
      }
    }
    guard !draft.waiting.isEmpty else { return }
    queue = draft.waiting + queue
    if availability == .unavailable { returnQueue() } else if turn == nil { sayThatQueueWaits() }
  }

  /// The edit that an earlier run was in the middle of. Files that the message had are taken from it, whatever became of them.
  /// Nil where the message is no more, or something else is typed already: its new text is a draft like any other then.
  private mutating func resume(_ edited: Draft.Edited, _ draft: inout Draft) -> QuestionEdit? {
    guard edit == nil, input.isEmpty, let question = transcript.question(fromEnd: edited.back),
      question.text == edited.asked
    else {
      if !edited.aside.text.isEmpty { inputHistory.add(edited.aside.text) }
      transcript.add {
        .notice(
          id: $0,
          text: "The message that was being changed is not here any more; what it was changed to is a new one now")
      }
      return nil
    }
    for file in question.attachments where draft.losses.contains(where: { $0.name == file.name }) {
      draft.losses.removeAll { $0.name == file.name }
      draft.input.attachments.removeAll { $0.name == file.name }
      draft.input.attachments.append(file)
    }
    var aside = InputEditor()
    aside.setQuestion(edited.aside)
    return QuestionEdit(back: edited.back, question: question, draft: aside)
  }

  private mutating func say(_ losses: [Draft.Loss]) {
    for loss in losses {
      let words =
        loss.reason.map { "\(loss.name), which was to go along, \($0): only its name is in the text" }
        ?? "\(loss.name) was changed since it was attached; it goes along as it is now"
      transcript.add { .notice(id: $0, text: words) }
    }
  }
}
