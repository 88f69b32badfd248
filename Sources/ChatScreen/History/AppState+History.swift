import ChatModel

/// Saved chats: their menu, opening one, keeping none.
extension AppState {
  /// Opens the menu of chats, or closes it.
  mutating func toggleChats(filter: String = "") -> [Effect] {
    if case .menu(let menu) = overlay, menu.kind == .chats {
      overlay = nil
      return []
    }
    chats.found = nil
    chats.previews = [:]
    openMenu(.chats, filter: filter)
    return [.history(.list)] + searchChats()
  }

  /// Asks for the places in which the words of the filter stand.
  mutating func searchChats() -> [Effect] {
    guard case .menu(let menu) = overlay, menu.kind == .chats else { return [] }
    let words = menu.filter.text
    guard words != chats.found?.words ?? "" else { return [] }
    guard words.contains(where: { !$0.isWhitespace }) else {
      chats.found = nil
      refreshMenu(.chats)
      return []
    }
    return [.history(.search(words))]
  }

  /// Opens the chat of that place in the menu: at the words that were found, unless its title was what was looked for.
  mutating func chooseChat(_ index: Int, filter: String, at now: Duration) -> [Effect] {
    guard let listing = chats.listing(index) else { return [] }
    let rank = MenuFilter.rank(title: listing.title, detail: "", filter: filter)
    let isByTitle = rank.map { $0 < MenuFilter.worstRank } ?? false
    return leaveTurn(at: now) + leaveDraft() + [.history(.open(listing.id, hit: isByTitle ? nil : listing.hit))]
  }

  /// Asks for what the selected chat begins and ends with, once for each.
  mutating func wantedPreview() -> [Effect] {
    guard case .menu(let menu) = overlay, menu.kind == .chats, let index = menu.chosen else { return [] }
    let entry = menu.entries[index]
    let id = ConversationID(entry.id)
    if entry.isFound || chats.previews[id] != nil { return [] }
    chats.previews[id] = ""
    return [.history(.excerpt(id))]
  }

  /// Gives the chat of that place in the menu another name, unless that is empty.
  mutating func nameChat(_ index: Int, _ name: String) -> [Effect] {
    changeMenu { $0.name(nil) }
    guard let listing = chats.listing(index), name.contains(where: { !$0.isWhitespace }) else { return [] }
    if listing.id == chats.current { return [.history(.rename(name)), .history(.list)] }
    return [.history(.name(listing.id, name))]
  }

  /// Does something with the chat that is selected.
  mutating func changeChat(_ change: Action.EntryChange) -> [Effect] {
    guard case .menu(let menu) = overlay, menu.kind == .chats else { return [] }
    if change == .restore {
      guard let deleted = chats.deleted else {
        hint = Hint(text: "Nothing was deleted")
        return []
      }
      chats.deleted = nil
      return [.history(.restore(deleted))]
    }
    guard let listing = menu.chosen.flatMap({ chats.listing($0) }) else { return [] }
    switch change {
    case .restore, .create, .makeDefault: return []
    case .edit:
      changeMenu { $0.name(listing.title) }
      let ways = [
        keys.phrase(.choose, "names the chat so", in: .menu), keys.phrase(.escape, "leaves its name", in: .menu),
      ]
      hint = Hint(text: ways.compactMap { $0 }.joined(separator: "; "))
      return []
    case .pin: return [.history(.pin(listing.id, !listing.isPinned))]
    case .duplicate: return [.history(.duplicate(listing.id))]
    case .delete:
      if listing.id == chats.current {
        hint = Hint(text: "This chat is open: /new leaves it, then it can be deleted")
        return []
      }
      chats.deleted = listing.id
      hint = Hint(text: "Deleted" + keys.aside(.entry(.restore), "brings it back"))
      return [.history(.delete(listing.id))]
    }
  }

  /// Takes in what came of a request.
  mutating func take(_ event: ChatsEvent, at now: Duration) -> [Effect] {
    switch event {
    case .listed(let rows, let current):
      chats.rows = rows
      chats.current = current
      refreshMenu(.chats)
    case .found(let words, let rows):
      // Only what was typed last counts.
      guard case .menu(let menu) = overlay, menu.kind == .chats, menu.filter.text == words else { return [] }
      chats.found = (words, rows)
      refreshMenu(.chats)
    case .opened(let talk):
      if talk.extent != .wholeAfterEnd { dropLeftDraft() }
      let drafts: [Effect] = draftToKeep == nil || talk.extent == .wholeAfterEnd ? [] : [.history(.draft)]
      return drafts + open(talk)
    case .notOpened(let why): notOpened(why)
    case .branches(let rows):
      branches = rows
      refreshMenu(.branches)
    case .draft(let draft): restore(draft)
    case .inputs(let newestFirst): inputHistory.addEarlier(newestFirst.reversed())
    case .promptWanted(let prompt): return setPrompt(prompt)
    case .exported(let outcome): return saved(outcome)
    case .renamed(let title):
      self.title = title
      hint = Hint(text: "This chat is called “\(title)” now")
    case .excerpt(let id, let messages):
      let text = MessagePreview.text(of: messages)
      chats.previews[id] = text
      if case .menu(let menu) = overlay, menu.kind == .chats { changeMenu { $0.setPreview(text, of: id.text) } }
    case .refused(let why):
      leaving = nil
      hint = Hint(text: why)
    case .trouble(let text, let isSaved):
      isUnsaved = isSaved.map { !$0 } ?? isUnsaved
      transcript.add { .notice(id: $0, text: text) }
    case .unkept:
      let text =
        isPrivate
        ? "This chat is open in private: what is said in it now is not written to disk. /private begins one that is kept"
        : "What is said here is not written to disk: this run was started with --no-history"
      transcript.add { .notice(id: $0, text: text) }
    case .shared:
      transcript.add {
        .notice(
          id: $0, text: "Another window has this chat open: what is said there shows here once it is opened again")
      }
    }
    return []
  }

  /// Names the chat.
  mutating func rename(_ title: String) -> [Effect] {
    if title.isEmpty {
      hint = Hint(text: "How is this chat to be called? /title WORDS")
      return []
    }
    return [.history(.rename(title))]
  }

  /// Begins a chat of which nothing is written to disk, or one that is kept again.
  mutating func togglePrivate(at now: Duration) -> [Effect] {
    if !keepsHistory {
      hint = Hint(text: "Nothing is kept in this run: it was started with --no-history")
      return []
    }
    let left = leaveQueue()
    isPrivate.toggle()
    let effects = left + beginNewTalk(at: now)
    let text =
      isPrivate
      ? "A private chat: nothing of it is written to disk. /private again begins one that is kept"
      : "Chats are kept again, from the next message on"
    transcript.add { .notice(id: $0, text: text) }
    return effects + [.history(.keep(!isPrivate))]
  }
}
