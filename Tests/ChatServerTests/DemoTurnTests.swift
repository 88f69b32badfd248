import ChatEngine
import ChatModel
import ChatServer
import ChatWire
import Testing

/// The demo as the program speaks to it: a session, over the real transport.
@Suite(.timeLimit(.minutes(1)))
struct DemoTurnTests {
  private let server: DemoServer
  private let session: ChatSession

  init() throws {
    server = try DemoServer.start(clock: ImmediateClock())
    var provider = Provider(name: "demo", kind: .demo, endpoint: server.endpoint)
    provider.model = "eliza-demo"
    session = ChatSession(
      provider: provider, transport: CurlTransport(network: NetworkEnvironment([:])),
      clock: TurnClock(ContinuousClock()), retries: 0)
  }

  /// Says something and waits for the end. Cancels the turn once the text given has come.
  private func result(of prompt: String, cancellingAfter text: String? = nil) async throws -> TurnResult {
    var result: TurnResult?
    var heard = ""
    for await update in await session.send(prompt) {
      switch update.change {
      case .events(let events):
        for case .text(let piece) in events { heard += piece }
        if let text, heard.contains(text) { await session.cancel() }
      case .finished(let finished): result = finished
      default: break
      }
    }
    return try #require(result)
  }

  @Test func aTalk() async throws {
    let first = try await result(of: "hello")
    #expect(first.status == .complete && first.finishReason == "stop" && first.model == "eliza-demo")
    #expect(first.content.contains("`markdown`"))
    #expect(first.usage?.totalTokens == (first.usage?.promptTokens ?? 0) + (first.usage?.completionTokens ?? 0))
    let second = try await result(of: "hello")
    #expect(second.content.hasPrefix("Hello again."), "the server knows the talk from its messages")
    #expect((second.usage?.promptTokens ?? 0) > (first.usage?.promptTokens ?? 0))
    await session.setSystemPrompt(SystemPrompt(name: "", text: "You are a patient tutor."))
    #expect(try await result(of: "rain").content.hasPrefix("Speaking as a patient tutor: "))
  }

  @Test func tools() async throws {
    let result = try await result(of: "tools")
    #expect(result.finishReason == "tool_calls" && result.content == "")
    #expect(
      result.toolCalls == [
        ToolCall(
          id: "call_demo_weather", name: "get_weather", arguments: #"{"location":"Oslo","unit":"celsius"}"#),
        ToolCall(id: "call_demo_time", name: "get_local_time", arguments: #"{"timezone":"Europe/Oslo"}"#),
      ])
  }

  @Test func reasoning() async throws {
    let result = try await result(of: "reasoning")
    #expect(result.reasoning?.hasPrefix("The user wants") == true && result.content.contains("**21**"))
  }

  @Test func error() async throws {
    let result = try await result(of: "error")
    #expect(result.status == .failed && result.error?.kind == .server && result.error?.status == 500)
    #expect(result.error?.message.contains("demo") == true)
  }

  @Test func drop() async throws {
    let result = try await result(of: "drop")
    #expect(result.status == .truncated && result.error?.kind == .truncated)
    #expect(result.content == "The line goes dead after this sentence, and nobody says goodbye.")
  }

  @Test func stallUntilStopped() async throws {
    let result = try await result(of: "stall", cancellingAfter: "in the middle of")
    #expect(result.status == .cancelled && result.content.hasSuffix("in the middle of"))
  }

  @Test func models() async throws {
    #expect(try await session.listModels() == ["eliza-demo"])
  }
}
