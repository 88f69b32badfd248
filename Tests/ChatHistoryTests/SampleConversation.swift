import ChatModel

/// A conversation with one of everything, for the goldens.
enum SampleConversation {
  private static func time(_ second: Int) -> Timestamp { Timestamp(milliseconds: 1_763_722_341_123 + second * 1000) }

  private static func message(
    _ id: String, after parent: String?, _ role: Role, _ content: String, at second: Int
  ) -> SavedMessage {
    SavedMessage(
      id: MessageID(id), parent: parent.map { MessageID($0) }, role: role, content: content, created: time(second))
  }

  private static func answer(_ id: String, after parent: String, _ content: String, at second: Int) -> SavedMessage {
    var message = message(id, after: parent, .assistant, content, at: second)
    var answer = SavedAnswer(
      provider: "openai", model: "gpt-4o", parameters: Parameters(temperature: 0.7, maxTokens: 500), status: .complete)
    answer.finishReason = "stop"
    answer.usage = Usage(promptTokens: 9, completionTokens: 12, totalTokens: 21)
    answer.firstChunkMilliseconds = 210
    answer.totalMilliseconds = 1840
    answer.chunks = 14
    message.answer = answer
    return message
  }

  static let markdown = """
    # Greeting

    A *word*, `code`, a [link](https://a.example/?q=1&r="2") and a picture: ![a cat](https://a.example/cat.png "Cat").

    Underlined
    ----------

    ```swift
    # no heading
    let text = "<b>&amp;</b>"
    ```

    | left | right |
    |:-----|------:|
    | 1    | ~~2~~ |

    - [x] done
      > # quoted

    <div onclick="alert(1)">HTML</div>

    Inline <script>alert(1)</script>, [bad](javascript:alert(1)), www.a.example and Grüße, 日本語, 👍🏽.
    """

  static var conversation: SavedConversation {
    var calling = answer("05-call", after: "04-ask", "", at: 5)
    calling.answer?.reasoning = "The user wants *weather*.\n\nSo: a call."
    calling.answer?.finishReason = "tool_calls"
    calling.answer?.toolCalls = [
      ToolCall(id: "call_1", name: "get_weather", arguments: #"{"location": "Oslo <b>"}"#),
      ToolCall(id: nil, name: nil, arguments: "half a `"),
    ]
    var result = message("06-tool", after: "05-call", .tool, "{\"sky\": \"```clear```\"}", at: 6)
    result.toolCallID = "call_1"
    var broken = answer("08-broken", after: "07-more", "It will be\n\n```\nsunny", at: 8)
    broken.answer?.status = .truncated
    broken.answer?.finishReason = nil
    broken.answer?.error = ChatError(.truncated, "the stream broke off\nafter 3 pieces", status: 200)
    var refusing = answer("10-refusal", after: "09-last", "", at: 10)
    refusing.answer?.refusal = "I cannot do <that>."
    var prompt = message("01-system", after: nil, .system, "You are brief & kind.", at: 0)
    prompt.name = "brief"
    var old = answer("03-old", after: "02-hello", "An answer that was asked for anew.", at: 3)
    old.answer?.status = nil
    return SavedConversation(
      id: ConversationID("01kak3f8m3c5sample0conversat"), title: "Hello <World> & *others*", isTitleChosen: true,
      created: time(0), updated: time(10), head: MessageID("10-refusal"), threadID: "thread_1",
      summary: .init(text: "They said hello.", through: MessageID("03-new"), writtenAfter: MessageID("04-ask")),
      messages: [
        prompt, message("02-hello", after: "01-system", .user, "Hello,\n  <World>!\n\n# not my heading", at: 1), old,
        answer("03-new", after: "02-hello", markdown, at: 4),
        message("04-ask", after: "03-new", .user, "Weather in Oslo?", at: 5), calling, result,
        message("07-more", after: "06-tool", .user, "And tomorrow?", at: 7), broken,
        message("09-last", after: "08-broken", .user, "Then do that.", at: 9), refusing,
      ])
  }
}
