import ChatModel

/// A chat that is taken up, made ready for the screen; to be made elsewhere than on the terminal's thread, since that takes
/// a while for ten thousand messages.
public struct OpenedTalk: Equatable, Sendable {
  /// How much of it there is.
  public enum Extent: Equatable, Sendable {
    case whole
    /// The last messages, until the whole is there.
    case end
    /// The whole, of which the end was shown.
    case wholeAfterEnd
  }

  let id: ConversationID
  let title: String
  let extent: Extent
  /// Whether what is said in it is written to disk.
  let isKept: Bool
  let items: [TranscriptItem]
  /// The message of each item.
  let messages: [MessageID]
  /// The item that each message stands in: a tool's, and what the model said to it, in that of the answer that called it.
  let places: [MessageID: Int]
  /// The one that counts at its end.
  private(set) var systemPrompt: SystemPrompt?
  /// Messages that follow its end already, each in another way.
  let continuations: Int
  /// What it was opened for.
  let hit: SearchHit?
  /// Who is to answer in it; nil where that is not to change.
  let service: ChosenService?

  /// The ids of an end leave room for those of what stands before it.
  static let idsOfEnd = 1 << 40

  public init(
    _ saved: SavedConversation, hit: SearchHit? = nil, isKept: Bool, extent: Extent = .whole,
    service: ChosenService? = nil
  ) {
    self.service = service
    id = saved.id
    title = saved.title
    self.extent = extent
    self.isKept = isKept
    self.hit = hit
    let isEnd = extent == .end
    // What stands beside a message is known with the whole.
    let alternatives = isEnd ? [:] : saved.alternatives
    continuations = isEnd ? 0 : saved.continuations
    var items: [TranscriptItem] = []
    var messages: [MessageID] = []
    var places: [MessageID: Int] = [:]
    for message in saved.path {
      if let last = items.last, last.kind == .answer {
        places[message.id] = items.count - 1
        if message.role == .tool {
          items[items.count - 1].addToolOutputs([message.content])
          continue
        }
        if message.role == .assistant, last.endsInToolOutput {
          items[items.count - 1].takeUp(message)
          continue
        }
      }
      if message.role == .system || message.role == .developer { systemPrompt = Self.prompt(message) }
      let id = items.count + (isEnd ? Self.idsOfEnd : 0)
      guard var item = Self.item(id, message, alternatives[message.id], isFirst: items.isEmpty && !isEnd) else {
        continue
      }
      if items.isEmpty, !isEnd { item.removeGap() }
      places[message.id] = items.count
      items.append(item)
      messages.append(message.id)
    }
    self.places = places
    self.items = items
    self.messages = messages
  }

  /// Nil for what is not shown.
  private static func item(
    _ id: Int, _ message: SavedMessage, _ alternative: Alternative?, isFirst: Bool
  ) -> TranscriptItem? {
    switch message.role {
    case .system, .developer: isFirst ? nil : .promptChanged(id: id, to: prompt(message))
    case .user:
      .user(id: id, text: message.content, attachments: message.attachments, alternative: alternative)
    case .assistant: .answer(id: id, message, alternative: alternative)
    case .tool: nil
    }
  }

  private static func prompt(_ message: SavedMessage) -> SystemPrompt {
    SystemPrompt(name: message.name ?? "system prompt", text: message.content)
  }
}
