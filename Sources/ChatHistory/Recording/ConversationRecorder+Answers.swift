import ChatModel

/// What comes of an answer, taken down as it comes.
extension ConversationRecorder {
  /// Takes down what the session tells of a turn.
  ///
  /// - Parameter summary: the session's, once the talk was compacted.
  public func note(_ update: SessionUpdate, summary: ConversationSummary? = nil) {
    switch update.change {
    case .started, .retrying, .silent: break
    case .events(let events): add(events, to: update.turn)
    case .toolsAnswered(let round): take(round, of: update.turn)
    case .compacted: if let summary { note(summary, at: update.turn) }
    case .finished(let result): finish(result, of: update.turn)
    }
  }

  private func add(_ events: [ChatEvent], to turn: TurnID) {
    guard answers[turn] != nil else { return }
    for event in events {
      switch event {
      case .text(let piece): answers[turn]?.content += piece
      case .reasoning(let piece): answers[turn]?.reasoning += piece
      case .model(let name): answers[turn]?.message.answer?.nameModel(name)
      default: break
      }
    }
    guard let answer = answers[turn], answer.hasNews, answer.timer == nil else { return }
    answers[turn]?.timer = Task { [sleep] in
      await sleep(Self.interval)
      if !Task.isCancelled { checkpoint(turn) }
    }
  }

  /// Writes what came since the last time.
  func checkpoint(_ turn: TurnID) {
    guard var answer = answers[turn] else { return }
    answer.timer = nil
    if answer.isWritten {
      write(answer.talk) { [answer] store throws(HistoryError) in
        try await store.extend(
          answer.message.id, of: answer.talk, content: answer.content, reasoning: answer.reasoning)
      }
    }
    answer.takeIn()
    if answer.isWritten {
      talks[answer.talk]?.replace(answer.message)
    } else {
      answer.isWritten = true
      append(answer)
    }
    answers[turn] = answer
  }

  private func finish(_ result: TurnResult, of turn: TurnID) {
    guard var answer = answers.removeValue(forKey: turn) else { return }
    answer.timer?.cancel()
    defer {
      release(answer.message.id)
      forget()
    }
    let isCurrent = answer.talk == current && (answer.isOnPath || answer.place != nil)
    // A question that nobody answered needs no empty answer.
    guard result.hasContent || result.error != nil || answer.isWritten else {
      if isCurrent { ends[turn] = talk?.head }
      return
    }
    // What came before the last tools were run stands in messages of its own.
    let last = result.lastPart
    answer.message.content = last.content
    let asked = answer.message.answer
    answer.message.answer = SavedAnswer(
      last, provider: asked?.provider ?? answerer.provider, model: asked?.askedModel ?? asked?.model ?? answerer.model,
      parameters: asked?.parameters ?? answerer.parameters)
    if isCurrent { ends[turn] = answer.message.id }
    if answer.isWritten { put(answer) } else { append(answer) }
    guard answer.isOnPath, let saved = talks[answer.talk]?.saved, saved.threadID != result.threadID else { return }
    talks[answer.talk]?.saved.threadID = result.threadID
    write(answer.talk) { store throws(HistoryError) in try await store.setThread(result.threadID, of: saved.id) }
  }

  /// Tools were run: what was said and called, and what they answered, is written; what comes next is a message after these.
  private func take(_ round: ToolRound, of turn: TurnID) {
    guard var answer = answers[turn] else { return }
    answer.timer?.cancel()
    let asked = answer.message.answer
    var random = SystemRandomNumberGenerator()
    let messages = SavedMessage.messages(
      of: round, after: answer.message.parent, answeredBy: asked?.provider, model: asked?.model,
      parameters: asked?.parameters ?? answerer.parameters, at: now(), random: &random)
    // The beginning may be one that is carried on.
    answer.takeIn()
    answer.message.answer = messages[0].answer
    answer.message.answer?.askedModel = asked?.askedModel
    if answer.isWritten { put(answer) } else { append(answer) }
    var parent = answer.message.id
    for var message in messages.dropFirst() {
      message.parent = parent
      parent = message.id
      var output = RunningAnswer(message: message, talk: answer.talk, isWritten: false)
      output.isOnPath = answer.isOnPath
      append(output)
    }
    let time = now()
    let next = SavedMessage(
      id: MessageID(at: time), parent: parent, role: .assistant, content: "", created: time,
      answer: SavedAnswer(
        provider: asked?.provider, model: asked?.askedModel ?? asked?.model,
        parameters: asked?.parameters ?? answerer.parameters))
    var running = RunningAnswer(message: next, talk: answer.talk, isWritten: false)
    running.isOnPath = answer.isOnPath
    running.place = answer.place
    answers[turn] = running
    if talks[answer.talk]?.isKept == true { _ = store.claim(.answer(next.id)) }
    release(answer.message.id)
  }

  private func note(_ summary: ConversationSummary, at turn: TurnID) {
    guard let talk, let head = talk.head else { return }
    let through = ends[summary.through] ?? head
    let saved = SavedConversation.Summary(text: summary.text, through: through, writtenAfter: head)
    talks[talk.id]?.saved.summary = saved
    talks[talk.id]?.saved.threadID = nil
    write(talk.id) { store throws(HistoryError) in
      try await store.setSummary(saved, of: talk.id)
      try await store.setThread(nil, of: talk.id)
    }
  }

  /// Writes an answer that is not written yet.
  func append(_ answer: RunningAnswer) {
    appendEarlier(than: answer)
    talks[answer.talk]?.append(answer)
    let head = talks[answer.talk]?.saved.head
    write(answer.talk) { store throws(HistoryError) in
      try await store.append(answer.message, to: answer.talk)
      if head != answer.message.id { try await store.setHead(head, of: answer.talk) }
    }
  }

  /// Writes an answer anew.
  func put(_ answer: RunningAnswer) {
    let time = now()
    talks[answer.talk]?.replace(answer.message)
    talks[answer.talk]?.saved.updated = time
    write(answer.talk) { store throws(HistoryError) in
      try await store.update(answer.message, of: answer.talk, at: time)
    }
  }
}
