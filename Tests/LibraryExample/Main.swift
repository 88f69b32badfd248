import ChatEngine

/// A program that knows the library alone: asks a service twice, first update by update, then at one go.
///
///     LibraryExample http://127.0.0.1:8080/v1 qwen3 "Why is the sky blue?"
@main
enum Main {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      print("usage: LibraryExample ENDPOINT MODEL QUESTION")
      return
    }
    let provider = Provider(.openai, endpoint: arguments[1], model: arguments[2])
    let session = ChatSession(with: provider, systemPrompt: "Be brief.", timeouts: Timeouts(total: .seconds(30)))

    for try await update in await session.send(arguments[3]) {
      switch update.change {
      case .events(let events): for case .text(let piece) in events { print("piece: \(piece)") }
      case .retrying(let reason, _): print("again: \(reason.message)")
      case .finished(let result): print("ended: \(result.status.rawValue)")
      case .started, .compacted, .silent, .toolsAnswered: break
      }
    }

    var pieces = 0
    let answer = await session.send("And then?").collect { _ in
      pieces += 1
    } onComplete: { result in
      print("complete: \(result.content)")
    }
    let tokens = answer.usage?.totalTokens ?? 0
    print("collected: \(answer.chunkCount) = \(pieces) chunks, \(answer.finishReason ?? "?"), \(tokens) tokens")
    if let error = answer.error { print("error: \(error.message)") }
    print("turns: \(await session.conversation.turns.count)")
  }
}
