import ChatHistory
import ChatModel
import ChatScreen
import FoundationEssentials

/// Keeps what is typed and not sent with the chat that is open, or for the one that is not begun yet. It moves along when
/// that is begun: a draft that is sent leaves no copy behind.
actor DraftKeeper {
  /// Where the draft lies: with a chat, or with the one that has no name yet.
  private struct Place: Equatable { var chat: ConversationID? }

  private let talk: SavedTalk
  private var place: Place?

  private let files: AttachedFile
  /// What relative paths are relative to.
  private let folder = FileManager.default.currentDirectoryPath

  init(_ talk: SavedTalk, files: AttachedFile) {
    self.talk = talk
    self.files = files
  }

  /// Keeps a draft in place of the one before. A disk that does not take it is told of by what is said, not typed.
  func keep(_ draft: Draft) async {
    let here = Place(chat: await talk.recorder.id)
    if draft.isEmpty && !talk.hasFile { return }
    do throws(HistoryError) {
      if let place, place != here { try await talk.store.setDraft("", of: place.chat) }
      try await talk.store.setDraft(draft.isEmpty ? "" : WrittenDraft(draft, in: folder).json, of: here.chat)
      place = draft.isEmpty ? nil : here
    } catch {}
  }

  /// Keeps a draft with the chat that is open and is left now: it does not move along.
  func leave(_ draft: Draft) async {
    await keep(draft)
    place = nil
  }

  /// What was typed for the chat that is open, before; nil where that is what is kept already.
  func draft() async -> Draft? {
    guard talk.hasFile else { return nil }
    let here = Place(chat: await talk.recorder.id)
    guard place != here else { return nil }
    guard let text = try? await talk.store.draft(of: here.chat), !text.isEmpty else { return nil }
    if place == nil { place = here }
    return await Blocking.call { [files] in WrittenDraft(reading: text).draft(reading: files) }
  }
}
