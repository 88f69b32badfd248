import ChatEngine
import ChatModel
import ChatWire
import TestSupport

/// One chunk of a chat completion as it stands in a stream.
func chunk(_ text: String, finish: String? = nil) -> String {
  let reason = finish.map { "\"\($0)\"" } ?? "null"
  return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"},\"finish_reason\":\(reason)}]}\n\n"
}

let done = "data: [DONE]\n\n"

/// A provider of OpenAI's wire at that base URL.
func openAI(_ endpoint: String = "https://api.example/v1", model: String? = "m", key: String? = "sk-secret") -> Provider
{
  var provider = Provider(name: "openai", kind: .openai, endpoint: endpoint)
  provider.model = model
  provider.credential = key.map { .apiKey(Secret($0)) }
  provider.keyVariable = "OPENAI_API_KEY"
  provider.modelVariable = "OPENAI_MODEL"
  return provider
}

extension TurnUpdates {
  /// Reads to the end: all events, and the result; nil when the consumer was cut off.
  func collect() async -> (updates: [SessionUpdate.Change], result: TurnResult?) {
    var updates: [SessionUpdate.Change] = []
    for await update in self {
      if case .finished(let result) = update.change { return (updates, result) }
      updates.append(update.change)
    }
    return (updates, nil)
  }

  /// The result at the end.
  func result() async -> TurnResult? { await collect().result }
}

/// A session over a scripted transport and a clock that the test moves.
struct Bench {
  let clock = TestClock()
  let transport: ScriptedTransport
  let session: ChatSession

  init(
    _ provider: Provider = openAI(), timeouts: Timeouts = Timeouts(), retries: Int = 0,
    parameters: Parameters = Parameters(), conversation: Conversation = Conversation(),
    transport: ScriptedTransport = ScriptedTransport(), announcesSilence: Bool = false
  ) {
    self.transport = transport
    session = ChatSession(
      provider: provider, transport: transport, clock: TurnClock(clock), timeouts: timeouts,
      retries: retries, chance: { 0 }, parameters: parameters, conversation: conversation,
      announcesSilence: announcesSilence)
  }

  /// Reads on until some update satisfies the condition.
  func wait(
    _ updates: inout AsyncStream<SessionUpdate>.Iterator, _ condition: (SessionUpdate.Change) -> Bool
  ) async {
    while let update = await updates.next() {
      if condition(update.change) { return }
    }
  }

  /// Reads on until events came.
  func waitForEvents(_ updates: inout AsyncStream<SessionUpdate>.Iterator) async {
    await wait(&updates) { if case .events = $0 { true } else { false } }
  }

  /// Reads on to the result.
  func result(_ updates: inout AsyncStream<SessionUpdate>.Iterator) async -> TurnResult? {
    while let update = await updates.next() {
      if case .finished(let result) = update.change { return result }
    }
    return nil
  }
}
