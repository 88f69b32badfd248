import ChatModel

/// The ways through a talk: changing an earlier question, taking one back, seeing the ways and going another. The talk is a
/// tree of which nothing is removed; the screen shows one path.
extension AppState {
  /// How long after a stop Escape does not count: the key may have been meant for the answer that just ended.
  static let pauseAfterStop = Duration.seconds(1)

  /// Escape where nothing is open and nothing runs: leaves an edit; twice begins one.
  mutating func escapeWhenIdle(at now: Duration) -> [Effect] {
    if edit != nil {
      leaveEdit()
      hint = Hint(text: "Left as it was")
    } else if let until = editArmedUntil, now < until {
      beginEdit(back: 1)
    } else if transcript.hasQuestion, availability == .ready, stoppedAt.map({ now >= $0 + Self.pauseAfterStop }) ?? true
    {
      editArmedUntil = now + Self.quitWindow
      hint = Hint(
        text: "\(escapeKey) again edits your last message", until: editArmedUntil,
        shorter: ["\(escapeKey) again: edit the last"])
    }
    return []
  }

  /// `/edit`, `/edit 2`: puts that question, counted from the end, into the input.
  mutating func editQuestion(_ argument: String) {
    guard let back = argument.isEmpty ? 1 : Int(argument), back > 0 else {
      hint = Hint(text: "Which of your messages? 1 is the last: /edit 1")
      return
    }
    guard transcript.question(fromEnd: back) != nil else {
      let count = transcript.questionCount
      hint = Hint(text: count == 1 ? "There is one message of yours" : "Your messages are 1, the last, to \(count)")
      return
    }
    beginEdit(back: back)
  }

  private mutating func beginEdit(back: Int) {
    guard let question = transcript.question(fromEnd: back) else { return }
    editArmedUntil = nil
    edit = QuestionEdit(back: back, question: question, draft: input)
    input = InputEditor(keepingKillsOf: input)
    input.setQuestion(question)
    transcript.showQuestion(fromEnd: back)
    hint = Hint(
      text: "\(keys.label(of: .send) ?? "Enter") asks this in the old one's place, as a branch; \(escapeKey) leaves it",
      shorter: ["\(escapeKey) leaves the edit", "\(escapeKey) leaves"])
  }

  private var escapeKey: String { keys.label(of: .escape) ?? "Esc" }

  /// Gives the input back what it held. What was changed can be recalled by Up.
  mutating func leaveEdit() {
    guard let edit else { return }
    self.edit = nil
    if input.text != edit.question.text, !input.isEmpty { inputHistory.add(input.text) }
    input = edit.draft
  }

  /// Asks a question in the place of an earlier one.
  mutating func send(_ question: Question, insteadOf edit: QuestionEdit, at now: Duration) -> [Effect] {
    takeBack(edit.back)
    return [.takeBack(edit.back)] + send(question, at: now)
  }

  /// `/undo`: takes the last turn back; its question goes into the input.
  mutating func undoTurn() -> [Effect] {
    guard let question = transcript.question(fromEnd: 1) else { return [] }
    takeBack(1)
    put(question)
    status = StatusSample(state: idleState)
    hint = Hint(text: "Taken back; /branch still has it", shorter: ["See /branch"])
    return [.takeBack(1)]
  }

  private mutating func takeBack(_ count: Int) {
    alternatives = transcript.takeBack(count)
    hasQuestion = transcript.hasQuestion
    transcript.follow()
  }

  // MARK: The menu

  /// Opens the menu of ways, or closes it.
  mutating func toggleBranches() -> [Effect] {
    if case .menu(let menu) = overlay, menu.kind == .branches {
      overlay = nil
      return []
    }
    branches = nil
    openMenu(.branches)
    return [.history(.branches)]
  }

  var branchEntries: [MenuEntry]? {
    branches?.enumerated().map { place, row in
      MenuEntry(
        id: "\(row.conversation) \(row.end?.text ?? "")", title: row.title, detail: row.detail, preview: row.preview,
        isCurrent: row.isCurrent)
    }
  }

  /// Goes the way of that place in the menu.
  mutating func chooseBranch(_ index: Int, at now: Duration) -> [Effect] {
    guard let row = branches.flatMap({ $0.indices.contains(index) ? $0[index] : nil }) else { return [] }
    if row.isCurrent {
      hint = Hint(text: "This way is on the screen already")
      return []
    }
    return leaveTurn(at: now) + [.history(.show(row.end, of: row.conversation))]
  }
}
