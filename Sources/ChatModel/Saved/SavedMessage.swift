/// One message of a saved conversation, at its place in the tree.
public struct SavedMessage: Equatable, Sendable {
  public var id: MessageID
  /// What it follows; nil for one that begins the conversation.
  public var parent: MessageID?
  public var role: Role
  public var content: String
  /// A system message: the prompt's name.
  public var name: String?
  /// False for a system message that is the default nobody asked for.
  public var isChosen: Bool
  /// A tool's message: the call that it answers.
  public var toolCallID: String?
  public var created: Timestamp
  /// An assistant's message: all but its text.
  public var answer: SavedAnswer?
  /// A user's message: the files that went along with it.
  public var attachments: [Attachment]

  public init(
    id: MessageID, parent: MessageID?, role: Role, content: String, name: String? = nil, isChosen: Bool = true,
    toolCallID: String? = nil, created: Timestamp, answer: SavedAnswer? = nil, attachments: [Attachment] = []
  ) {
    self.id = id
    self.parent = parent
    self.role = role
    self.content = content
    self.name = name
    self.isChosen = isChosen
    self.toolCallID = toolCallID
    self.created = created
    self.answer = answer
    self.attachments = attachments
  }
}

extension SavedMessage {
  /// A round of a turn as messages, each after the one before: the answer with its calls, then what each tool said. What the
  /// turn cost goes to its last answer.
  public static func messages(
    of round: ToolRound, after parent: MessageID?, answeredBy provider: String?, model: String?,
    parameters: Parameters, at time: Timestamp, random: inout some RandomNumberGenerator
  ) -> [SavedMessage] {
    var answer = SavedAnswer(provider: provider, model: model, parameters: parameters, status: .complete)
    answer.reasoning = round.reasoning
    answer.finishReason = "tool_calls"
    answer.toolCalls = round.calls
    var messages = [
      SavedMessage(
        id: MessageID(at: time, random: &random), parent: parent, role: .assistant, content: round.content,
        created: time, answer: answer)
    ]
    for (call, output) in zip(round.calls, round.outputs) {
      messages.append(
        SavedMessage(
          id: MessageID(at: time, random: &random), parent: messages.last?.id, role: .tool, content: output,
          toolCallID: call.id, created: time))
    }
    return messages
  }
}

extension SavedMessage: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, parent, role, content, name, created, answer, attachments
    case isChosen = "chosen"
    case toolCallID = "tool_call_id"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decode(MessageID.self, forKey: .id)
    parent = try values.decodeIfPresent(MessageID.self, forKey: .parent)
    role = try values.decode(Role.self, forKey: .role)
    content = try values.decode(String.self, forKey: .content)
    name = try values.decodeIfPresent(String.self, forKey: .name)
    isChosen = try values.decodeIfPresent(Bool.self, forKey: .isChosen) ?? true
    toolCallID = try values.decodeIfPresent(String.self, forKey: .toolCallID)
    created = try values.decode(Timestamp.self, forKey: .created)
    answer = try values.decodeIfPresent(SavedAnswer.self, forKey: .answer)
    attachments = try values.decodeIfPresent([Attachment].self, forKey: .attachments) ?? []
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(id, forKey: .id)
    try values.encodeIfPresent(parent, forKey: .parent)
    try values.encode(role, forKey: .role)
    try values.encode(content, forKey: .content)
    try values.encodeIfPresent(name, forKey: .name)
    if !isChosen { try values.encode(false, forKey: .isChosen) }
    try values.encodeIfPresent(toolCallID, forKey: .toolCallID)
    try values.encode(created, forKey: .created)
    try values.encodeIfPresent(answer, forKey: .answer)
    if !attachments.isEmpty { try values.encode(attachments, forKey: .attachments) }
  }
}
