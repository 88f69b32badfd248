import ChatModel

/// The tables `threads`, `turns`, `messages` and `parts`: a thread names its last message, each message the one before it. A
/// message may be in many threads.
struct LLMThreads {
  private struct Thread {
    var id: String
    var name: String?
    var tip: String
    var time: Timestamp?
  }

  private struct Turn {
    var parameters: Parameters
    var model: String?
    var usage: Usage?
    var milliseconds: Int?
    var finishReason: String?
    var start: Timestamp?
    var end: Timestamp? {
      guard let start else { return nil }
      let end = start.milliseconds.addingReportingOverflow(max(0, milliseconds ?? 0))
      return end.overflow ? start : Timestamp(milliseconds: end.partialValue)
    }
  }

  private let database: ForeignDatabase

  init(_ database: ForeignDatabase) { self.database = database }

  /// Adds every thread, and every turn that belongs to none.
  func read(into reading: inout ConversationImport) throws(ImportProblem) {
    let name = database.column("name", of: "threads")
    let time = database.column("datetime_utc", of: "threads")
    var threads = try database.rows("SELECT id, \(name), tip_message_hash, \(time) FROM threads ORDER BY id") { row in
      Thread(id: row.text(0) ?? "", name: row.filled(1), tip: row.text(2) ?? "", time: LLMValues.time(row.text(3)))
    }
    if database.has("turns", "thread_id") {
      threads += try database.rows(
        "SELECT id, tip_message_hash FROM turns WHERE thread_id IS NULL ORDER BY id"
      ) { row in Thread(id: row.text(0) ?? "", tip: row.text(1) ?? "") }
    }
    for (index, thread) in threads.enumerated() {
      do throws(ImportProblem) { reading.add(try conversation(thread, &reading)) } catch {
        var problem = error
        problem.conversation = index + 1
        problem.title = thread.name
        try reading.leaveOut(problem)
      }
    }
  }

  private func conversation(_ thread: Thread, _ reading: inout ConversationImport) throws(ImportProblem)
    -> SavedConversation
  {
    var messages: [SavedMessage] = []
    var time: Timestamp?
    for (hash, role) in try path(to: thread.tip) {
      let made = try turn("tip_message_hash", hash)
      let asked = try turn("parent_message_hash", hash)
      time = made?.end ?? asked?.start ?? time
      for var message in try self.messages(hash, role, &reading) {
        message.id = MessageID(ForeignID.text(["llm", thread.id, hash, "\(messages.count)"], at: nil))
        message.parent = messages.last?.id
        message.created = time ?? thread.time ?? reading.now
        if let made {
          message.answer?.take(made.parameters, made.model, made.usage, made.milliseconds, made.finishReason)
        }
        messages.append(message)
      }
    }
    let created = messages.first?.created ?? thread.time ?? reading.now
    return SavedConversation(
      id: ConversationID(ForeignID.text(["llm", thread.id], at: nil)),
      title: thread.name ?? SavedConversation.title(from: messages.first { $0.role == .user }?.content ?? ""),
      created: created, updated: messages.map(\.created).max() ?? created, head: messages.last?.id, messages: messages)
  }

  /// From the first message to the last one.
  private func path(to tip: String) throws(ImportProblem) -> [(hash: String, role: String)] {
    var path: [(hash: String, role: String)] = []
    var seen: Set<String> = []
    var next: String? = tip
    while let hash = next {
      guard seen.insert(hash).inserted else { throw ImportProblem("the messages go round in a ring", at: hash) }
      let found = try database.rows("SELECT parent_hash, role FROM messages WHERE hash = ?", [hash]) { row in
        (parent: row.filled(0), role: row.text(1) ?? "")
      }
      guard let message = found.first else { throw ImportProblem("a message is missing", at: hash) }
      path.append((hash, message.role))
      next = message.parent
    }
    return path.reversed()
  }

  /// The request that made a message, or that it was sent with.
  private func turn(_ column: String, _ hash: String) throws(ImportProblem) -> Turn? {
    guard database.has("turns", column) else { return nil }
    let columns = [
      "model", "resolved_model", "options_json", "input_tokens", "output_tokens", "duration_ms", "datetime_utc",
      "response_json",
    ].map { database.column($0, of: "turns") }.joined(separator: ", ")
    return try database.rows("SELECT \(columns) FROM turns WHERE \(column) = ? ORDER BY id LIMIT 1", [hash]) { row in
      Turn(
        parameters: LLMValues.parameters(row.text(2)), model: row.filled(1) ?? row.filled(0),
        usage: LLMValues.usage(row.integer(3), row.integer(4)), milliseconds: row.integer(5),
        finishReason: LLMValues.finishReason(row.text(7)), start: LLMValues.time(row.text(6)))
    }.first
  }

  /// The messages that one of theirs makes: each result of a tool is one of its own here. Their names and times are not set.
  private func messages(
    _ hash: String, _ role: String, _ reading: inout ConversationImport
  ) throws(ImportProblem) -> [SavedMessage] {
    guard let role = Role(rawValue: role) else { throw ImportProblem("“\(role)” is no role", at: hash) }
    var message = SavedMessage(id: MessageID(hash), parent: nil, role: role, content: "", created: reading.now)
    var answer = SavedAnswer(provider: "llm", status: .complete)
    var results: [SavedMessage] = []
    let parts = try database.rows(
      "SELECT type, text, payload, tool_name FROM parts WHERE message_hash = ? ORDER BY position", [hash]
    ) { row in (type: row.text(0) ?? "", text: row.text(1), payload: row.text(2), tool: row.filled(3)) }
    for part in parts {
      let payload = part.payload.flatMap { JSONReader.value(of: Array($0.utf8)) }
      switch part.type {
      case "text": message.content += try text(part.text, payload)
      case "reasoning": answer.reasoning = try (answer.reasoning ?? "") + text(part.text, payload)
      case "tool_call":
        answer.toolCalls.append(
          ToolCall(
            id: payload?["tool_call_id"]?.filledString, name: payload?["name"]?.filledString ?? part.tool,
            arguments: payload?["arguments"].map(Self.words) ?? ""))
      case "tool_result":
        var result = message
        result.role = .tool
        result.content = part.text ?? payload?["output"].map(Self.words) ?? ""
        result.toolCallID = payload?["tool_call_id"]?.filledString
        results.append(result)
      default:
        message.content += (message.content.isEmpty ? "" : "\n") + "[\(part.type)]"
        reading.count("[\(part.type)]")
      }
    }
    if role == .assistant { message.answer = answer }
    return role == .tool ? results : [message] + results
  }

  /// A text as it is, or put together of fragments and what stands between them.
  private func text(_ text: String?, _ payload: JSONValue?) throws(ImportProblem) -> String {
    if let text { return text }
    if let text = payload?["text"]?.filledString { return text }
    var text = ""
    for piece in payload?["text_ref"]?.elements ?? [] {
      if let literal = piece["literal"]?.filledString { text += literal }
      guard let fragment = piece["fragment"]?.lenientInteger, database.has("fragments", "id", "content") else {
        continue
      }
      text += try database.rows("SELECT content FROM fragments WHERE id = ?", ["\(fragment)"]) { row in
        row.text(0) ?? ""
      }.joined()
    }
    return text
  }

  /// A string as it is, anything else as JSON.
  private static func words(_ json: JSONValue) -> String {
    if case .string(let text) = json { return text }
    return HistoryJSON.text(json, isPretty: false)
  }
}

extension SavedAnswer {
  /// Takes what is known of the request that made it.
  fileprivate mutating func take(
    _ parameters: Parameters, _ model: String?, _ usage: Usage?, _ milliseconds: Int?, _ finishReason: String?
  ) {
    self.parameters = parameters
    self.model = model
    self.usage = usage
    self.finishReason = finishReason
    totalMilliseconds = milliseconds
  }
}
