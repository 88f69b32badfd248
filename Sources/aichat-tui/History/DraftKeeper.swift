import ChatHistory
import ChatModel
import ChatScreen
import FoundationEssentials

/// Keeps what is typed and not sent with the chat that is open, or for the one that is not begun yet. It moves along when
/// that is begun: a draft that is sent leaves no copy behind.
///
/// Of several programs that have the same chat open, each keeps its own, in a place that no other has in hand: no queue is sent
/// twice, and nobody forgets what another one wrote. What a program left that is gone is taken up by the next one.
actor DraftKeeper {
  /// Programs that keep a draft of the same chat, at most.
  private static let slots = 0..<16

  /// Where a draft lies: with a chat, or with the one that has no name yet; and what was written there.
  private struct Place {
    var chat: ConversationID?
    var slot: Int
    var text = ""
  }

  private let talk: SavedTalk
  /// In hand here.
  private var place: Place?
  /// Those that were left with a draft that is on the screen still: forgotten once that is kept elsewhere, not before.
  private var former: [Place] = []

  private let files: AttachedFile
  /// What relative paths are relative to.
  private let folder = FileManager.default.currentDirectoryPath

  init(_ talk: SavedTalk, files: AttachedFile) {
    self.talk = talk
    self.files = files
  }

  /// Keeps a draft in place of the one before. A disk that does not take it is told of by what is said, not typed.
  func keep(_ draft: Draft) async {
    if draft.isEmpty && !talk.hasFile { return }
    let chat = await talk.recorder.id
    let text = draft.isEmpty ? "" : WrittenDraft(draft, in: folder).json
    do throws(HistoryError) {
      if let place, place.chat != chat {
        former.append(place)
        self.place = nil
      }
      if place == nil {
        let drafts = try await talk.store.drafts(of: chat)
        place = claim(chat, Self.slots.filter { drafts[$0] == nil }).place
      }
      guard let place else { return }
      if text.isEmpty {
        if !place.text.isEmpty { try await talk.store.forgetDraft(place.text, of: chat, slot: place.slot) }
      } else {
        try await talk.store.setDraft(text, of: chat, slot: place.slot)
      }
      self.place?.text = text
      for place in former where place.chat != chat { try await forget(place) }
      former = []
    } catch {}
  }

  /// Keeps a draft with the chat that is open and is left now: it does not move along.
  func leave(_ draft: Draft) async {
    await keep(draft)
    if let place { giveUp(place) }
    place = nil
  }

  /// What was typed for the chat that is open, before; nil where that is what is kept already. And whether another program has
  /// the chat open.
  func draft() async -> (Draft?, isElsewhere: Bool) {
    guard talk.hasFile else { return (nil, false) }
    let chat = await talk.recorder.id
    if let place, place.chat == chat { return (nil, false) }
    guard let drafts = try? await talk.store.drafts(of: chat) else { return (nil, false) }
    if let place {
      if place.text.isEmpty { giveUp(place) } else { former.append(place) }
    }
    let (claimed, isElsewhere) = claim(chat, drafts.keys.sorted() + Self.slots.filter { drafts[$0] == nil })
    place = claimed
    guard let claimed, let text = drafts[claimed.slot] else { return (nil, isElsewhere && chat != nil) }
    place?.text = text
    let draft = await Blocking.call { [files] in WrittenDraft(reading: text).draft(reading: files) }
    return (draft, isElsewhere && chat != nil)
  }

  /// Takes the first of some places in hand that no other program has.
  private func claim(_ chat: ConversationID?, _ slots: [Int]) -> (place: Place?, isElsewhere: Bool) {
    var isElsewhere = false
    for slot in slots {
      if talk.store.claim(.draft(chat, slot: slot)) { return (Place(chat: chat, slot: slot), isElsewhere) }
      isElsewhere = true
    }
    return (nil, isElsewhere)
  }

  private func forget(_ place: Place) async throws(HistoryError) {
    if !place.text.isEmpty { try await talk.store.forgetDraft(place.text, of: place.chat, slot: place.slot) }
    giveUp(place)
  }

  private func giveUp(_ place: Place) { talk.store.giveUp(.draft(place.chat, slot: place.slot)) }
}
