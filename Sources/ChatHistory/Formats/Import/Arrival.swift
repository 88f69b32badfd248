import ChatModel

/// A conversation of a file, and what is here by its name, brought together. What is here is never less afterwards.
struct Arrival {
  /// As the file has it; times that it does not tell are those of here.
  let file: SavedConversation
  /// What is to be here.
  let merged: SavedConversation

  /// - Parameter now: the time that stands in `conversation` for those that the file does not tell.
  init(_ conversation: SavedConversation, here: SavedConversation, undated now: Timestamp) {
    let known = Dictionary(here.messages.indices.map { (here.messages[$0].id, $0) }, uniquingKeysWith: { $1 })
    let names = Set(conversation.messages.map(\.id))
    let hasNews = conversation.messages.contains { known[$0.id] == nil }
    let wentOn = here.messages.contains { !names.contains($0.id) }
    let isDated = conversation.updated != now
    let file = Self.dated(conversation, by: here, known, undated: now, hasNews: hasNews)

    var merged = here
    // Of what both have, the later is taken; a file without a time is not known to be that.
    let isLater = isDated && file.updated >= here.updated
    for message in file.messages {
      guard let place = known[message.id] else {
        merged.messages.append(message)
        continue
      }
      var message = message
      message.parent = here.messages[place].parent
      if isLater { merged.messages[place] = message }
    }
    if isLater {
      if file.isTitleChosen || !here.isTitleChosen {
        (merged.title, merged.isTitleChosen) = (file.title, file.isTitleChosen)
      }
      merged.isPinned = here.isPinned || file.isPinned
    }
    if isLater || hasNews { merged.updated = max(here.updated, file.updated) }
    // Where it went on here, the path that is shown is left only for one that went on later.
    let leavesPath = wentOn ? hasNews && isDated && file.updated > here.updated : hasNews || isLater
    if here.head == nil || leavesPath {
      merged.head = file.head ?? here.head
      merged.threadID = file.threadID ?? here.threadID
      merged.summary = file.summary ?? here.summary
    }
    self.file = file
    self.merged = merged
  }

  /// The conversation with the times of here in place of those that the file does not tell.
  private static func dated(
    _ conversation: SavedConversation, by here: SavedConversation, _ known: [MessageID: Int], undated now: Timestamp,
    hasNews: Bool
  ) -> SavedConversation {
    var file = conversation
    if file.created == now { file.created = here.created }
    if file.updated == now, !hasNews { file.updated = here.updated }
    for index in file.messages.indices where file.messages[index].created == now {
      guard let place = known[file.messages[index].id] else { continue }
      file.messages[index].created = here.messages[place].created
    }
    return file
  }
}
