import ChatModel

/// Makes a conversation of OpenAI `messages`: of a request's, of a line of a fine-tuning file, or of what others export so.
struct OpenAIImport {
  private(set) var marks: [String: Int] = [:]
  private let now: Timestamp

  init(now: Timestamp) { self.now = now }

  /// - Parameter body: the object around the messages, if there is one: its `model`, `title` and `created` are taken.
  mutating func conversation(_ messages: [JSONValue], _ body: JSONValue?) throws(ImportProblem) -> SavedConversation {
    let created = try JSONTime.member(["created", "created_at"], of: body)
    var words: [String] = []
    var saved: [SavedMessage] = []
    for (index, json) in messages.enumerated() {
      do throws(ImportProblem) {
        var message = try message(json, model: body?["model"]?.filledString, created: created ?? now)
        words += [message.role.rawValue, message.content]
        for case .image(let bytes) in message.attachments.map(\.content) { words.append(Base64.encode(bytes)) }
        words += message.answer?.toolCalls.flatMap { [$0.id ?? "", $0.name ?? "", $0.arguments] } ?? []
        message.parent = saved.last?.id
        // Of all that came so far, so that no two are alike.
        message.id = MessageID(ForeignID.text(["openai"] + words, at: created))
        words = [message.id.text]
        saved.append(message)
      } catch { throw error.within("[\(index)]") }
    }
    guard let last = saved.last else { throw ImportProblem("holds no messages") }
    let title = body?["title"]?.filledString
    return SavedConversation(
      id: ConversationID(ForeignID.text(["openai", title ?? "", last.id.text], at: created)),
      title: title ?? SavedConversation.title(from: saved.first { $0.role == .user }?.content ?? ""),
      isTitleChosen: title != nil, created: created ?? now, head: last.id, messages: saved)
  }

  private mutating func message(_ json: JSONValue, model: String?, created: Timestamp) throws(ImportProblem)
    -> SavedMessage
  {
    guard case .object = json else { throw ImportProblem("is no object, and so no message") }
    guard let word = json["role"] else { throw ImportProblem("is missing", at: "role") }
    let role = try role(word)
    let content: String
    var images: [Attachment] = []
    do throws(ImportProblem) { content = try text(json["content"], &images) } catch { throw error.within("content") }
    var message = SavedMessage(
      id: MessageID(""), parent: nil, role: role, content: content, created: created, attachments: images)
    if role == .tool { message.toolCallID = json["tool_call_id"]?.filledString }
    guard role == .assistant else {
      if json["content"] == nil { throw ImportProblem("is missing", at: "content") }
      return message
    }
    var answer = SavedAnswer(model: model, status: .complete)
    answer.refusal = json["refusal"]?.filledString
    answer.reasoning = (json["reasoning_content"] ?? json["reasoning"])?.filledString
    answer.toolCalls = (json["tool_calls"]?.elements ?? []).map(call)
    if let legacy = json["function_call"] { answer.toolCalls.append(call(legacy)) }
    message.answer = answer
    if json["content"] == nil, answer.toolCalls.isEmpty, answer.refusal == nil, answer.reasoning == nil {
      throw ImportProblem("is missing", at: "content")
    }
    return message
  }

  private func role(_ json: JSONValue) throws(ImportProblem) -> Role {
    if json == .string("function") { return .tool }
    if let role = json.filledString.flatMap({ Role(rawValue: $0) }) { return role }
    let word = json.word.map { "“\($0)” is" } ?? "is"
    throw ImportProblem("\(word) no role (system, developer, user, assistant, tool)", at: "role")
  }

  /// A string, or the texts of parts, one after the other. Images that are there whole are taken; other parts that are no
  /// text leave a mark.
  private mutating func text(_ json: JSONValue?, _ images: inout [Attachment]) throws(ImportProblem) -> String {
    switch json {
    case nil: return ""
    case .string(let text)?: return text
    case .array(let parts)?:
      var texts: [String] = []
      for (index, part) in parts.enumerated() {
        if case .string(let text) = part {
          texts.append(text)
        } else if case .string(let text)? = part["text"] ?? part["refusal"] {
          texts.append(text)
        } else if let image = Self.image(in: part, number: images.count + 1) {
          images.append(image)
        } else if let type = part["type"]?.filledString {
          let mark = "[\(type)]"
          texts.append(mark)
          marks[mark, default: 0] += 1
        } else {
          throw ImportProblem("is no part of a message", at: "[\(index)]")
        }
      }
      return texts.joined(separator: "\n")
    default: throw ImportProblem("is neither a text nor a list of parts")
    }
  }

  /// The image of a part `{"type": "image_url", "image_url": {"url": "data:image/png;base64,…"}}`; nil for all else.
  private static func image(in part: JSONValue, number: Int) -> Attachment? {
    guard let url = part["image_url"]?["url"]?.filledString, url.hasPrefix("data:image/"),
      let comma = url.firstIndex(of: ","), url[..<comma].hasSuffix(";base64"),
      let bytes = Base64.decode(String(url[url.index(after: comma)...]))
    else { return nil }
    let mediaType = String(url[..<comma].dropFirst("data:".count).dropLast(";base64".count))
    let ending = mediaType.dropFirst("image/".count).prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return Attachment(name: "image-\(number).\(ending)", mediaType: mediaType, content: .image(bytes))
  }

  private func call(_ json: JSONValue) -> ToolCall {
    let function = json["function"] ?? json["custom"] ?? json
    let arguments: String =
      switch function["arguments"] ?? function["input"] {
      case .string(let text)?: text
      case let value?: HistoryJSON.text(value, isPretty: false)
      case nil: ""
      }
    return ToolCall(id: json["id"]?.filledString, name: function["name"]?.filledString, arguments: arguments)
  }
}
