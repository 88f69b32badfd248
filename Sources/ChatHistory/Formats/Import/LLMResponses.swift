import ChatModel

/// The tables `conversations` and `responses`: a row for each question with its answer.
struct LLMResponses {
  private struct Response {
    var id: String
    var conversation: String?
    var model: String?
    var prompt: String
    var system: String?
    var content: String
    var options: String?
    var time: Timestamp?
    var milliseconds: Int?
    var usage: Usage?
    var reasoning: String?
    var finishReason: String?
  }

  private let database: ForeignDatabase

  init(_ database: ForeignDatabase) { self.database = database }

  /// Adds every conversation; a response without one is one.
  func read(into reading: inout ConversationImport) throws(ImportProblem) {
    var names: [String: String] = [:]
    if database.has("conversations", "id", "name") {
      try database.each("SELECT id, name FROM conversations") { row in
        if let id = row.text(0), let name = row.filled(1) { names[id] = name }
      }
    }
    var group: [Response] = []
    for response in try responses() {
      if let first = group.first, first.conversation == nil || first.conversation != response.conversation {
        try reading.add(conversation(group, names, &reading))
        group = []
      }
      group.append(response)
    }
    if !group.isEmpty { try reading.add(conversation(group, names, &reading)) }
  }

  /// All of them, those of a conversation together and in the order in which they were asked for.
  private func responses() throws(ImportProblem) -> [Response] {
    let columns = [
      "id", "conversation_id", "model", "resolved_model", "prompt", "system", "response", "options_json",
      "datetime_utc", "duration_ms", "input_tokens", "output_tokens", "reasoning", "response_json",
    ].map { database.column($0, of: "responses") }
    let order = "conversation_id, \(database.column("datetime_utc", of: "responses")), rowid"
    return try database.rows("SELECT \(columns.joined(separator: ", ")) FROM responses ORDER BY \(order)") { row in
      Response(
        id: row.text(0) ?? "", conversation: row.filled(1), model: row.filled(3) ?? row.filled(2),
        prompt: row.text(4) ?? "", system: row.filled(5), content: row.text(6) ?? "", options: row.text(7),
        time: LLMValues.time(row.text(8)), milliseconds: row.integer(9),
        usage: LLMValues.usage(row.integer(10), row.integer(11)), reasoning: row.filled(12),
        finishReason: LLMValues.finishReason(row.text(13)))
    }
  }

  private func conversation(
    _ responses: [Response], _ names: [String: String], _ reading: inout ConversationImport
  ) throws(ImportProblem) -> SavedConversation {
    let id = responses[0].conversation ?? responses[0].id
    let created = responses[0].time ?? reading.now
    var conversation = SavedConversation(
      id: ConversationID(ForeignID.text(["llm", id], at: nil)), created: created)
    var system: String?
    for response in responses {
      var messages: [SavedMessage] = []
      func add(_ role: Role, _ content: String, at time: Timestamp?) {
        messages.append(
          SavedMessage(
            id: MessageID(ForeignID.text(["llm", id, response.id, "\(messages.count)"], at: nil)),
            parent: messages.last?.id ?? conversation.head, role: role, content: content, created: time ?? created))
      }
      if let text = try text("system_fragments", response.system ?? "", of: response.id), text != system {
        system = text
        add(.system, text, at: response.time)
      }
      for result in try pairs("tool_results", "output", of: response.id) {
        add(.tool, result.text, at: response.time)
        messages[messages.count - 1].toolCallID = result.id
      }
      let prompt = try [text("prompt_fragments", response.prompt, of: response.id)].compactMap { $0 }
      let asked = prompt + (try attachments(of: response.id, &reading))
      // A response to results of tools has no question of its own.
      if !asked.isEmpty || messages.last?.role != .tool {
        add(.user, asked.joined(separator: "\n"), at: response.time)
      }
      let end = (response.time ?? created).milliseconds.addingReportingOverflow(max(0, response.milliseconds ?? 0))
      add(.assistant, response.content, at: end.overflow ? response.time : Timestamp(milliseconds: end.partialValue))
      messages[messages.count - 1].answer = try answer(response)
      conversation.messages += messages
      conversation.head = messages.last?.id
    }
    conversation.updated = conversation.messages.map(\.created).max() ?? created
    conversation.title =
      names[id] ?? SavedConversation.title(from: conversation.messages.first { $0.role == .user }?.content ?? "")
    return conversation
  }

  private func answer(_ response: Response) throws(ImportProblem) -> SavedAnswer {
    var answer = SavedAnswer(
      provider: "llm", model: response.model, parameters: LLMValues.parameters(response.options), status: .complete)
    answer.usage = response.usage
    answer.reasoning = response.reasoning
    answer.finishReason = response.finishReason
    answer.totalMilliseconds = response.milliseconds
    answer.toolCalls = try pairs("tool_calls", "arguments", of: response.id).map { call in
      ToolCall(id: call.id, name: call.name, arguments: call.text)
    }
    return answer
  }

  /// A text with the fragments that stand before it; nil for an empty one.
  private func text(_ table: String, _ text: String, of response: String) throws(ImportProblem) -> String? {
    var texts: [String] = []
    if database.has(table, "response_id", "fragment_id", "order"), database.has("fragments", "id", "content") {
      texts = try database.rows(
        """
        SELECT f.content FROM \(table) p JOIN fragments f ON f.id = p.fragment_id WHERE p.response_id = ?
        ORDER BY p."order"
        """, [response]
      ) { row in row.text(0) ?? "" }
    }
    if !text.isEmpty { texts.append(text) }
    return texts.isEmpty ? nil : texts.joined(separator: "\n")
  }

  private func attachments(of response: String, _ reading: inout ConversationImport) throws(ImportProblem) -> [String] {
    guard database.has("prompt_attachments", "response_id", "attachment_id", "order"),
      database.has("attachments", "id", "type", "path", "url")
    else { return [] }
    let marks = try database.rows(
      """
      SELECT a.type, a.path, a.url FROM prompt_attachments p JOIN attachments a ON a.id = p.attachment_id
      WHERE p.response_id = ? ORDER BY p."order"
      """, [response]
    ) { row in LLMValues.mark(type: row.filled(0), place: row.filled(1) ?? row.filled(2)) }
    for _ in marks { reading.count("[attachment]") }
    return marks
  }

  /// Calls of tools, or their results.
  private func pairs(
    _ table: String, _ column: String, of response: String
  ) throws(ImportProblem) -> [(id: String?, name: String?, text: String)] {
    guard database.has(table, "response_id", "name", "tool_call_id", column) else { return [] }
    return try database.rows(
      "SELECT tool_call_id, name, \(column) FROM \(table) WHERE response_id = ? ORDER BY rowid", [response]
    ) { row in (row.filled(0), row.filled(1), row.text(2) ?? "") }
  }
}
