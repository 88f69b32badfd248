import ChatModel

/// One answer on its way to the client: a script in the service's form.
struct DemoAnswer: Sendable {
  private let script: DemoScript
  private let includesUsage: Bool
  private let promptTokens: Int
  private let id: String
  private let created: Int

  init(asked: CompletionRequest, script: DemoScript, created: Int) {
    self.script = script
    includesUsage = asked.includesUsage
    // Words, and what a model's own template would add for each message.
    promptTokens = asked.messages.reduce(0) { $0 + words(in: $1.text) + 4 }
    // FNV-1a over the conversation: an id that is the same for the same request, since nothing here is left to chance.
    let hash = asked.messages.flatMap { Array($0.text.utf8) + [0] }
      .reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    id = "chatcmpl-demo-" + String(hash, radix: 16)
    self.created = created
  }

  /// Plays the script in its own time. The pauses are counted from the start, so that no delay adds up.
  func stream(to writer: ResponseWriter, clock: some Clock<Duration>) async throws {
    let start = clock.now
    var elapsed = Duration.zero
    try await writer.write(event(ChunkBody.Delta(role: "assistant", content: "")))
    for step in script.steps {
      elapsed += step.pause
      try await clock.sleep(until: start.advanced(by: elapsed), tolerance: nil)
      try await writer.write(event(delta(step.part)))
    }
    switch script.ending {
    case .silence: try await untilCancelled()
    case .cut: throw ConnectionCut()
    case .finished(let reason):
      try await writer.write(event(ChunkBody.Delta(), reason: reason))
      if includesUsage { try await writer.write(serverSentEvent(encoded(chunk([], usage: usage)))) }
      try await writer.write(doneEvent)
    }
  }

  /// The answer in one piece of JSON (`stream: false`).
  var whole: [UInt8] {
    let calls = toolCalls
    let message = CompletionBody.Answer(
      content: calls.isEmpty ? script.text : nil, reasoningContent: script.reasoning,
      toolCalls: calls.isEmpty ? nil : calls)
    var reason = "stop"
    if case .finished(let given) = script.ending { reason = given }
    return encoded(
      CompletionBody(
        id: id, created: created, model: DemoProvider.model, choices: [.init(message: message, finishReason: reason)],
        usage: usage))
  }

  /// Begins the answer in one piece of JSON, then falls silent or cuts the connection as the script wants.
  func breakOff(_ writer: ResponseWriter) async throws {
    let whole = whole
    try await writer.write(Array(whole.prefix(whole.count / 2)))
    if script.ending == .silence { try await untilCancelled() }
    throw ConnectionCut()
  }

  // MARK: Shapes

  private func delta(_ part: DemoScript.Part) -> ChunkBody.Delta {
    switch part {
    case .text(let text): ChunkBody.Delta(content: text)
    case .reasoning(let text): ChunkBody.Delta(reasoningContent: text)
    case .toolCall(let fragment): ChunkBody.Delta(toolCalls: [CallBody(fragment)])
    }
  }

  private func chunk(_ choices: [ChunkBody.Choice], usage: UsageBody? = nil) -> ChunkBody {
    ChunkBody(id: id, created: created, model: DemoProvider.model, choices: choices, usage: usage)
  }

  private func event(_ delta: ChunkBody.Delta, reason: String? = nil) -> [UInt8] {
    serverSentEvent(encoded(chunk([ChunkBody.Choice(delta: delta, finishReason: reason)])))
  }

  private var usage: UsageBody {
    let completion = script.steps.reduce(0) { count, step in
      switch step.part {
      case .text(let text), .reasoning(let text): count + words(in: text)
      case .toolCall(let fragment): count + words(in: fragment.arguments) + (fragment.name == nil ? 0 : 1)
      }
    }
    return UsageBody(
      promptTokens: promptTokens, completionTokens: completion, totalTokens: promptTokens + completion)
  }

  private var toolCalls: [CallBody] {
    var assembler = ToolCallAssembler()
    for step in script.steps {
      if case .toolCall(let fragment) = step.part { assembler.add(fragment) }
    }
    return assembler.calls.map {
      CallBody(id: $0.id, type: "function", function: .init(name: $0.name, arguments: $0.arguments))
    }
  }
}

extension CallBody {
  /// A fragment as it is streamed: the id, the type and the name come with the first one only.
  init(_ fragment: ToolCallFragment) {
    self.init(
      index: fragment.index, id: fragment.id, type: fragment.id == nil ? nil : "function",
      function: Function(name: fragment.name, arguments: fragment.arguments))
  }
}

/// Thrown to cut the connection in the middle of an answer.
private struct ConnectionCut: Error {}

/// Waits until the client has gone or the server stops, without any timer; then throws.
private func untilCancelled() async throws {
  let never = AsyncStream<Never> { _ in }
  for await _ in never {}
  try Task.checkCancellation()
}

/// Runs of characters between white space.
private func words(in text: String) -> Int { text.split { $0.isWhitespace }.count }
