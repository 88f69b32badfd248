import ChatModel

/// Taking up a chat. Of a long one the end is shown first; what stands before it comes when it is there, and the reader's
/// place stays.
extension AppState {
  /// The whole of a chat is still to come.
  struct Awaited: Equatable, Sendable {
    var id: ConversationID
    /// The first message on the screen.
    var first: MessageID
    /// The item that is added next, as long as nothing is said.
    var nextItem: Int
    var prompt: SystemPrompt
  }

  /// Shows a chat, or what was missing of it. What is being written, and what is queued, stay.
  mutating func open(_ talk: OpenedTalk) -> [Effect] {
    let before = systemPrompt
    if talk.extent == .wholeAfterEnd {
      // Whoever has left the chat meanwhile does not want it back.
      guard let awaited = chats.awaited, awaited.id == talk.id else { return [] }
      if !complete(talk, awaited) { replace(by: talk) }
    } else {
      replace(by: talk)
    }
    return goBack(to: talk.service) ?? (systemPrompt == before ? [] : followWishes(of: systemPrompt))
  }

  /// Has those answer who did in the chat that is opened, where they are there still; what they were chosen over, the wishes of
  /// its prompt, does not count. Nil where that is nobody's wish, or cannot be.
  private mutating func goBack(to last: ChosenService?) -> [Effect]? {
    guard let last else { return nil }
    guard service.offers.contains(where: { $0.name == last.provider && $0.problem == nil }) else {
      let now = model.map { "\($0) · \(provider)" } ?? provider
      let before = last.model.map { "\($0) · \(last.provider)" } ?? last.provider
      addNotice("This chat was answered by \(before), which is not configured any more; now \(now) answers")
      return nil
    }
    let before = service.asked
    service.asked.wishes = systemPrompt.wishes.withoutService
    let isWished = service.asked.wishes != systemPrompt.wishes
    if isWished || last.provider != provider || (last.model != nil && last.model != model) {
      service.asked.provider = last.provider
      service.asked.model = last.model
    }
    return service.asked == before ? [] : [.adopt(service.asked)]
  }

  private mutating func replace(by talk: OpenedTalk) {
    let hit = talk.extent == .wholeAfterEnd ? nil : talk.hit
    forgetTalk()
    chats.current = talk.id
    title = talk.title
    isPrivate = keepsHistory && !talk.isKept
    transcript.show(talk.items)
    hasQuestion = transcript.hasQuestion
    alternatives = talk.continuations
    setPrompt(of: talk)
    overlay = nil
    selection = nil
    find = nil
    if let place = hit?.message.flatMap({ talk.places[$0] }),
      let words = hit?.snippet.first(where: \.isMatch)?.text
    {
      find = Find(words, origin: SourcePlace(item: talk.items[place].id + 1, block: 0, offset: 0))
    }
    guard talk.extent == .end, let first = talk.messages.first else { return }
    chats.awaited = Awaited(id: talk.id, first: first, nextItem: transcript.nextItemID, prompt: systemPrompt)
  }

  /// Puts the beginning before the end that is on the screen; false where the whole has another end by now.
  private mutating func complete(_ talk: OpenedTalk, _ awaited: Awaited) -> Bool {
    guard let place = talk.messages.firstIndex(of: awaited.first) else { return false }
    chats.awaited = nil
    let isAsItWas = alternatives == 0 && transcript.nextItemID == awaited.nextItem
    let shown = talk.items[place...].prefix(awaited.nextItem - OpenedTalk.idsOfEnd)
    transcript.mark(shown.map(\.alternative), from: OpenedTalk.idsOfEnd)
    transcript.prepend(talk.items[..<place])
    find?.shift(by: place)
    hasQuestion = transcript.hasQuestion
    if isAsItWas { alternatives = talk.continuations }
    if systemPrompt == awaited.prompt { setPrompt(of: talk) }
    return true
  }

  /// The whole of a chat cannot be had, and a new one is begun in its place.
  mutating func notOpened(_ why: String) {
    guard chats.awaited != nil else { return }
    forgetTalk()
    transcript.add { .notice(id: $0, text: "That chat cannot be read: \(why). The next message begins a new one") }
  }

  private mutating func setPrompt(of talk: OpenedTalk) {
    guard let prompt = talk.systemPrompt else { return }
    systemPrompt = prompts.first { $0.name == prompt.name && $0.text == prompt.text } ?? prompt
  }
}
