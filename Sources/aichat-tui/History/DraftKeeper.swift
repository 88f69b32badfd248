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

  init(_ talk: SavedTalk) { self.talk = talk }

  /// Keeps a draft in place of the one before. A disk that does not take it is told of by what is said, not typed.
  func keep(_ draft: Draft) async {
    let here = Place(chat: await talk.recorder.id)
    if draft.isEmpty && !talk.hasFile { return }
    do throws(HistoryError) {
      if let place, place != here { try await talk.store.setDraft("", of: place.chat) }
      try await talk.store.setDraft(draft.isEmpty ? "" : Self.encode(draft), of: here.chat)
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
    guard let text = try? await talk.store.draft(of: here.chat), let draft = Self.decode(text) else { return nil }
    if place == nil { place = here }
    return draft
  }

  private static func encode(_ draft: Draft) -> String {
    (try? JSONEncoder().encode(Written(text: draft.text, waiting: draft.waiting, aside: draft.aside)))
      .map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private static func decode(_ text: String) -> Draft? {
    if text.isEmpty { return nil }
    guard let written = try? JSONDecoder().decode(Written.self, from: Data(text.utf8)) else { return Draft(text: text) }
    return Draft(text: written.text ?? "", waiting: written.waiting ?? [], aside: written.aside ?? "")
  }

  /// A draft as it is written down; other versions may know less of it, or more.
  private struct Written: Codable {
    var text: String?
    var waiting: [String]?
    var aside: String?
  }
}
