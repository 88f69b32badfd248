import ChatHistory
import ChatModel

/// `history export`.
extension HistoryCommand {
  func export(_ word: String?, _ format: ExportFormat, to path: String?) async throws(CommandFailure) -> ExitCode {
    let ids: [ConversationID]
    if let word { ids = [try await resolve(word)] } else { ids = try await listings(limit: nil).map(\.id) }
    var sink = try ExportSink(path, console)
    // One chat at a time is in memory, however many there are.
    for (index, id) in ids.enumerated() {
      let conversation: SavedConversation
      do {
        conversation = try await store.load(id)
      } catch {
        // Deleted by another program since it was listed.
        if word == nil, error.kind == .notFound { continue }
        throw CommandFailure(error)
      }
      if index == 0 { try sink.write(format.opening(title: word == nil ? "Conversations" : conversation.shownTitle)) }
      try sink.write(format.text(of: conversation, isFirst: index == 0))
    }
    if ids.isEmpty { try sink.write(format.opening(title: "Conversations")) }
    try sink.write(format.closing)
    return try sink.finish()
  }
}
