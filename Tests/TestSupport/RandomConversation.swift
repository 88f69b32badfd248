import ChatModel

/// Makes saved conversations of every shape: deep and wide trees, every role, every field set or not, and texts with whatever
/// a text can hold.
public struct RandomConversation {
  private var generator: SeededGenerator
  private static let scalars: [Unicode.Scalar] = Array(
    "aZ09 \n\r\t\"\\/`*_#<>&'{}[]|~-=:$\u{0}\u{1}\u{1B}\u{7F}\u{85}\u{A0}\u{AD}\u{300}éß日本語한\u{200B}\u{200D}\u{2028}\u{202E}\u{FEFF}\u{FFFD}\u{FFFF}👍🏽🇩🇪\u{10FFFF}"
      .unicodeScalars)
  private static let words = [
    "# Heading\n\n", "```swift\nlet x = 1 // # no heading\n```\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "- [ ] item\n",
    "<script>alert(1)</script>", "![p](http://a.example/p.png)", "Title\n=====\n", "```\nopen", "<!-- open", "\r\n",
    "[x](javascript:alert(1))", "plain words of a sentence ", "> quoted\n",
  ]

  public init(seed: UInt64) { generator = SeededGenerator(state: seed) }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
  private mutating func maybe<Value>(_ value: (inout Self) -> Value) -> Value? { chance(50) ? value(&self) : nil }

  /// A text of up to some dozens of pieces.
  public mutating func text() -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<number(0...(chance(5) ? 200 : 20)) {
      if chance(30) {
        text.append(contentsOf: Self.words[number(0...Self.words.count - 1)].unicodeScalars)
      } else {
        text.append(Self.scalars[number(0...Self.scalars.count - 1)])
      }
    }
    return String(text)
  }

  private mutating func time() -> Timestamp {
    Timestamp(milliseconds: chance(5) ? number(Int.min...Int.max) : number(0...2_000_000_000_000))
  }

  private mutating func double() -> Double {
    chance(10)
      ? Double(bitPattern: UInt64.random(in: 0...0x7FEF_FFFF_FFFF_FFFF, using: &generator))
      : Double(number(0...200)) / 100
  }

  private mutating func error() -> ChatError {
    let kinds = ChatError.Kind.allCases
    return ChatError(
      kinds[number(0...kinds.count - 1)], text(), status: maybe { $0.number(100...599) }, remedy: maybe { $0.text() },
      retryAfter: maybe { $0.double() }, code: maybe { $0.text() }, parameter: maybe { $0.text() },
      contextExcess: maybe {
        ContextExcess(tokens: $0.maybe { $0.number(0...Int.max) }, limit: $0.maybe { $0.number(0...10) })
      },
      mayPass: maybe { $0.chance(50) })
  }

  private mutating func answer() -> SavedAnswer {
    var answer = SavedAnswer(
      provider: maybe { $0.text() }, model: maybe { $0.text() },
      parameters: Parameters(
        temperature: maybe { $0.double() }, topP: maybe { $0.double() }, maxTokens: maybe { $0.number(1...Int.max) },
        seed: maybe { $0.number(Int.min...Int.max) }, reasoningEffort: maybe { $0.text() }))
    let statuses: [TurnStatus?] = [nil, .complete, .cancelled, .timedOut, .truncated, .failed]
    answer.status = statuses[number(0...statuses.count - 1)]
    answer.reasoning = maybe { $0.text() }
    answer.refusal = maybe { $0.text() }
    answer.finishReason = maybe { $0.text() }
    answer.usage = maybe {
      Usage(
        promptTokens: $0.maybe { $0.number(0...Int.max) }, completionTokens: $0.maybe { $0.number(0...9) },
        totalTokens: $0.maybe { $0.number(0...9) })
    }
    if chance(20) {
      answer.toolCalls = (0..<number(1...3)).map { _ in
        ToolCall(id: maybe { $0.text() }, name: maybe { $0.text() }, arguments: text())
      }
    }
    answer.error = chance(20) ? error() : nil
    answer.firstChunkMilliseconds = maybe { $0.number(0...100_000) }
    answer.totalMilliseconds = maybe { $0.number(0...Int.max) }
    answer.responseID = maybe { $0.text() }
    answer.threadID = maybe { $0.text() }
    answer.runID = maybe { $0.text() }
    answer.chunks = maybe { $0.number(0...1000) }
    return answer
  }

  private mutating func attachment() -> Attachment {
    let bytes = (0..<number(0...40)).map { _ in UInt8(number(0...255)) }
    return Attachment(name: text(), mediaType: text(), content: chance(50) ? .text(text()) : .image(bytes))
  }

  private mutating func message(after messages: [SavedMessage]) -> SavedMessage {
    let roles: [Role] = [.system, .developer, .user, .user, .user, .assistant, .assistant, .assistant, .tool]
    let role = roles[number(0...roles.count - 1)]
    // Most follow the last; some begin a branch anywhere, some a tree of their own.
    let parent = messages.isEmpty || chance(3) ? nil : chance(80) ? messages.count - 1 : number(0...messages.count - 1)
    return SavedMessage(
      id: MessageID(at: time(), random: &generator), parent: parent.map { messages[$0].id }, role: role,
      content: text(),
      name: maybe { $0.text() }, isChosen: chance(80), toolCallID: role == .tool ? text() : nil, created: time(),
      answer: role == .assistant && chance(95) ? answer() : nil,
      attachments: role == .user && chance(20) ? (0..<number(1...3)).map { _ in attachment() } : [])
  }

  /// A conversation that is a tree, as the history keeps it.
  public mutating func next() -> SavedConversation {
    var messages: [SavedMessage] = []
    for _ in 0..<number(0...12) { messages.append(message(after: messages)) }
    var conversation = SavedConversation(
      id: ConversationID(at: time(), random: &generator), title: text(), isTitleChosen: chance(50),
      isPinned: chance(10),
      created: time(), updated: time(), threadID: maybe { $0.text() }, messages: messages)
    if !messages.isEmpty {
      func anyone() -> MessageID { messages[number(0...messages.count - 1)].id }
      conversation.head = anyone()
      if chance(20) { conversation.summary = .init(text: text(), through: anyone(), writtenAfter: anyone()) }
    }
    return conversation
  }
}
