import ChatHistory
import ChatModel
import ChatScreen

/// Does what the screen asks of the saved chats.
struct SavedChats: Sendable {
  /// Earlier inputs that Up goes back to, at most.
  private static let recalled = 1000
  /// Chats that a search brings, at most.
  private static let found = 50

  /// Messages of a chat's end that the menu shows.
  private static let excerpt = 4
  /// Messages of a long chat that are shown before the others are there: more than any window has room for.
  private static let end = 100

  let talk: SavedTalk
  let drafts: DraftKeeper
  /// Writes what is exported.
  let files: FileWriter
  let deliver: @Sendable (ChatsEvent) -> Void

  init(talk: SavedTalk, files: FileWriter, deliver: @escaping @Sendable (ChatsEvent) -> Void) {
    self.talk = talk
    self.files = files
    self.deliver = deliver
    drafts = DraftKeeper(talk, files: AttachedFile(home: files.home))
  }

  /// True for what has to be done in turn with what is asked of the session.
  static func concernsSession(_ request: ChatsRequest) -> Bool {
    switch request {
    case .open, .resume, .rename, .keep, .switchPrompt, .branches, .show, .draft, .keepDraft, .leaveDraft, .export: true
    case .list, .search, .inputs, .excerpt, .name, .pin, .duplicate, .delete, .restore: false
    }
  }

  /// Does what is asked and tells what comes of it.
  func perform(_ request: ChatsRequest) async {
    if case .open(let id, let hit) = request {
      await open(id, hit: hit)
    } else if case .resume(let id) = request {
      await open(id, hit: nil, answeredBy: (try? await talk.store.service(of: id)) ?? nil)
    } else if let event = await answer(request) {
      deliver(event)
    }
  }

  /// Takes a chat up. Of a long one the end comes first, unless something in it is looked for.
  private func open(_ id: ConversationID, hit: SearchHit?, answeredBy service: ChosenService? = nil) async {
    let isKept = await talk.recorder.keeps
    var extent = OpenedTalk.Extent.whole
    do throws(HistoryError) {
      let end = hit?.message == nil ? try await talk.store.loadEnd(of: id, count: Self.end) : nil
      if let end, end.messages.first?.parent != nil {
        deliver(.opened(OpenedTalk(end, isKept: isKept, extent: .end, service: service)))
        extent = .wholeAfterEnd
      }
      try await talk.takeUp(id, at: hit?.message) { [extent] saved in
        deliver(.opened(OpenedTalk(saved, hit: hit, isKept: isKept, extent: extent, service: service)))
      }
      if !isKept { deliver(.unkept) }
    } catch {
      if extent == .whole { return deliver(.refused(Self.words(for: error))) }
      // What is on the screen is not what the session would go on with.
      await talk.clear()
      deliver(.notOpened(error.message))
    }
  }

  private static func words(for error: HistoryError) -> String {
    error.message + (error.remedy.map { ". \($0)" } ?? "")
  }

  /// What comes of a request; nil where there is nothing to tell.
  private func answer(_ request: ChatsRequest) async -> ChatsEvent? {
    // Who looks makes no file.
    if !talk.hasFile {
      if case .list = request { return .listed([], current: nil) }
      if case .search(let words) = request { return .found(words: words, []) }
      if case .inputs = request { return nil }
    }
    do throws(HistoryError) {
      switch request {
      case .list, .open, .resume: break
      case .search(let words):
        return .found(words: words, rows(try await talk.store.search(words, limit: Self.found)))
      case .branches: return await branches()
      case .show(let end, let id):
        guard let saved = await talk.show(end, of: id) else { return .refused("That way is not there any more") }
        return .opened(OpenedTalk(saved, isKept: await talk.recorder.keeps))
      case .rename(let title):
        let isThere = try await talk.recorder.rename(title)
        return isThere ? .renamed(title) : .refused("Nothing of this chat is saved yet; its first message begins it")
      case .name(let id, let title): try await talk.store.rename(id, to: title)
      case .excerpt(let id): return .excerpt(id, (try? await talk.store.excerpt(of: id, count: Self.excerpt)) ?? [])
      case .inputs: return .inputs(try await talk.store.inputs(limit: Self.recalled))
      case .draft:
        let (draft, isElsewhere) = await drafts.draft()
        if isElsewhere { deliver(.shared) }
        return draft.map(ChatsEvent.draft)
      case .keepDraft(let draft):
        await drafts.keep(draft)
        return nil
      case .leaveDraft(let draft):
        await drafts.leave(draft)
        return nil
      case .export(let format, let path, let overwrites):
        guard let chat = await talk.recorder.talk else {
          return .exported(.failed(path: path, reason: "there is nothing to export yet"))
        }
        let text = format.text(of: [chat])
        return .exported(await Blocking.call { files.write(text, to: path, overwrites: overwrites) })
      case .switchPrompt(let prompt): return .promptWanted(prompt)
      case .keep(let keeps):
        await talk.recorder.keep(keeps)
        return nil
      case .pin(let id, let isPinned): try await talk.store.setPinned(isPinned, id)
      case .duplicate(let id): try await talk.store.duplicate(id)
      case .delete(let id): try await talk.store.delete(id)
      case .restore(let id): try await talk.store.restore(id)
      }
      return .listed(rows(try await talk.store.list(limit: .max)), current: await talk.recorder.id)
    } catch {
      return .refused(Self.words(for: error))
    }
  }

  private func branches() async -> ChatsEvent {
    let now = SystemTime.now
    let recorder = talk.recorder
    return .branches(
      BranchRow.rows(of: await recorder.present, unsaved: await recorder.unwritten) {
        SystemTime.words(for: $0, now: now)
      })
  }

  private func rows(_ listings: [ConversationListing]) -> [ChatRow] {
    let words = SystemTime.words(now: SystemTime.now)
    return listings.map { ChatRow($0, when: words($0.updated)) }
  }
}

extension HistoryNotice {
  /// As the screen hears of it.
  var event: ChatsEvent {
    switch self {
    case .setAside, .broughtBack: .trouble(message, isSaved: nil)
    case .notSaved: .trouble(message, isSaved: false)
    case .savedAgain: .trouble(message, isSaved: true)
    }
  }
}
