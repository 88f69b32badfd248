import ChatEngine
import ChatModel
import ChatWire
import TestSupport
import Testing

/// What a session tells and keeps, apart from its limits and from cancelling.
@Suite(.timeLimit(.minutes(1))) struct ChatSessionTests {
  @Test func aTurnIsToldInOrder() async throws {
    let bench = Bench()
    let updates = await bench.session.send("hi")
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("a") + chunk("b", finish: "stop") + done)
    let (changes, result) = await updates.collect()
    #expect(changes == [.started(prompt: "hi"), .events([.text("a"), .text("b"), .finishReason("stop")])])
    #expect(result?.status == .complete)
    #expect(updates.turn == TurnID(1))
    // The terminal event is the end: nobody waits for the close.
    #expect(transfer.isCancelled)
    #expect(await !bench.session.isRunning)
    #expect(bench.clock.sleeperCount == 0)
  }

  @Test func whatCameAtOnceIsOneUpdate() async throws {
    let bench = Bench()
    var updates = await bench.session.send("hi").makeAsyncIterator()
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send((0..<1000).map { chunk("\($0)") }.joined())
    var events: [ChatEvent] = []
    await bench.wait(&updates) { change in
      if case .events(let all) = change { events = all }
      return !events.isEmpty
    }
    #expect(events.count == 1000)
    transfer.end()
    #expect(await bench.result(&updates)?.status == .truncated)
  }

  @Test func whatIsAskedOutsideOfTheConversationStaysOutside() async throws {
    let bench = Bench()
    let request = ChatRequest(messages: [Message(role: .user, content: "aside")], model: "other")
    let updates = await bench.session.ask(request)
    #expect(await bench.session.ask(request).result()?.status == .failed, "one turn at a time")
    let transfer = await bench.transport.next()
    let body = String(decoding: transfer.request.body ?? [], as: UTF8.self)
    #expect(body.contains(#""messages":[{"content":"aside","role":"user"}]"#) && body.contains(#""model":"other""#))
    transfer.answer()
    transfer.send(chunk("a", finish: "stop") + done)
    #expect(await updates.result()?.content == "a")
    #expect(await bench.session.conversation.turns.isEmpty)
  }

  @Test func theConversationGrows() async throws {
    let bench = Bench()
    let first = await bench.session.send("one")
    let firstTransfer = await bench.transport.next()
    firstTransfer.answer()
    firstTransfer.send(chunk("answer", finish: "stop") + done)
    _ = await first.result()
    _ = await bench.session.send("two")
    let body = String(decoding: await bench.transport.next().request.body ?? [], as: UTF8.self)
    let order = ["one", "answer", "two"].compactMap { body.firstRange(of: "\"\($0)\"")?.lowerBound }
    #expect(order.count == 3)
    #expect(order == order.sorted())
  }

  @Test(arguments: [
    (#"{"error":{"message":"Too long","code":"context_length_exceeded"}}"#, "messages, 35 characters, about 9 tokens"),
    (#"{"error":{"message":"request (9001 tokens) exceeds the available context size (4096 tokens)"}}"#, "9001 tokens"),
  ])
  func tooLongATalkSaysHowMuchWasSent(_ body: String, _ told: String) async throws {
    let bench = Bench()
    let updates = await bench.session.send("1234")
    let transfer = await bench.transport.next()
    transfer.answer(status: 400)
    transfer.send(body)
    transfer.end()
    let error = try #require(await updates.result()?.error)
    #expect(error.contextExcess != nil && error.message.contains("Sent: 2 messages, 35 characters, "))
    #expect(error.message.contains(told) && error.remedy?.contains("larger context") == true)
  }

  @Test func partialTextStaysInTheConversation() async throws {
    let bench = Bench()
    let updates = await bench.session.send("one")
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("half an ans"))
    transfer.end(.cut(ChatError(.network, "reset")))
    let result = await updates.result()
    #expect(result?.status == .truncated)
    let turns = await bench.session.conversation.turns
    #expect(turns == [Turn(id: TurnID(1), prompt: "one", result: result)])
    #expect(turns.first?.result?.content == "half an ans")
  }

  @Test func aSystemPromptCountsFromTheNextTurn() async throws {
    let bench = Bench()
    let updates = await bench.session.send("one")
    let transfer = await bench.transport.next()
    await bench.session.setSystemPrompt(SystemPrompt(name: "n", summary: "", text: "Be a pirate"))
    transfer.answer(status: 400)
    transfer.send(#"{"error":{"message":"Unknown parameter: 'stream_options'","param":"stream_options"}}"#)
    transfer.end()
    // Even the same turn's second request keeps the prompt that it began with.
    let second = await bench.transport.next()
    #expect(!second.bodyText.contains("pirate"))
    second.answer()
    second.send(chunk("a", finish: "stop") + done)
    _ = await updates.result()
    let later = await bench.session.send("two")
    #expect(await bench.transport.next().bodyText.contains("Be a pirate"))
    await bench.session.cancel()
    _ = later
  }

  @Test func aRefusedFieldIsLeftOutOnce() async throws {
    let bench = Bench(parameters: Parameters(seed: 1))
    let updates = await bench.session.send("hi")
    let refusal = #"{"error":{"message":"Unknown parameter: 'stream_options'","param":"stream_options"}}"#
    let first = await bench.transport.next()
    #expect(first.bodyText.contains("stream_options"))
    first.answer(status: 400)
    first.send(refusal)
    first.end()
    let second = await bench.transport.next()
    #expect(!second.bodyText.contains("stream_options"))
    second.answer(status: 400)
    second.send(#"{"error":{"message":"Unknown parameter: 'seed'","param":"seed"}}"#)
    second.end()
    let (changes, result) = await updates.collect()
    let retries = changes.compactMap { change -> Duration? in
      if case .retrying(_, let after) = change { after } else { nil }
    }
    #expect(retries == [.zero])
    #expect(result?.error?.kind == .badRequest)
    #expect(bench.transport.requestCount == 2)
  }

  @Test func aRefusedFieldStaysOutInLaterTurns() async throws {
    let bench = Bench()
    let updates = await bench.session.send("hi")
    let first = await bench.transport.next()
    first.answer(status: 400)
    first.send(#"{"error":{"message":"Unknown parameter: 'stream_options'","param":"stream_options"}}"#)
    first.end()
    let second = await bench.transport.next()
    second.answer()
    second.send(chunk("a", finish: "stop") + done)
    #expect(await updates.result()?.status == .complete)
    let later = await bench.session.send("again")
    #expect(await !bench.transport.next().bodyText.contains("stream_options"))
    _ = later
  }

  @Test func aSecondSendWhileOneRunsFails() async throws {
    let bench = Bench()
    let first = await bench.session.send("one")
    let second = await bench.session.send("two")
    let (changes, result) = await second.collect()
    #expect(changes.isEmpty)
    #expect(result?.status == .failed)
    #expect(result?.error?.kind == .unexpected)
    #expect(second.turn != first.turn)
    #expect(await bench.session.conversation.turns.map(\.prompt) == ["one"])
    #expect(await bench.session.isRunning)
  }

  @Test func retryReplacesTheLastAnswer() async throws {
    let bench = Bench()
    #expect(await bench.session.retry() == nil)
    let first = await bench.session.send("why?")
    #expect(await bench.session.retry() == nil)
    let firstTransfer = await bench.transport.next()
    firstTransfer.answer()
    firstTransfer.send(chunk("so", finish: "stop") + done)
    _ = await first.result()
    let again = try #require(await bench.session.retry())
    #expect(again.turn == TurnID(2))
    let transfer = await bench.transport.next()
    #expect(!transfer.bodyText.contains("\"so\""))
    transfer.answer()
    transfer.send(chunk("because", finish: "stop") + done)
    _ = await again.result()
    #expect(await bench.session.conversation.turns.map(\.result?.content) == ["because"])
  }

  @Test func anotherModelAnswersOnce() async throws {
    let bench = Bench()
    let first = await bench.session.send("why?")
    let transfer = await bench.transport.next()
    transfer.answer()
    transfer.send(chunk("so", finish: "stop") + done)
    _ = await first.result()
    let again = try #require(await bench.session.retry(with: "other"))
    let other = await bench.transport.next()
    #expect(other.bodyText.contains(#""model":"other""#))
    other.answer()
    other.send(chunk("because", finish: "stop") + done)
    _ = await again.result()
    _ = await bench.session.send("And?")
    #expect(await bench.transport.next().bodyText.contains(#""model":"m""#))
  }

  @Test func anotherDeploymentIsAskedWhereThereAreSuch() async throws {
    var provider = Provider(name: "azure-openai", kind: .azureOpenAI, endpoint: "https://x.openai.azure.com")
    provider.deployment = "gpt-x"
    provider.apiVersion = "2024-06-01"
    let bench = Bench(provider)
    _ = await bench.session.send("hi", to: "gpt-y")
    #expect(await bench.transport.next().request.url.contains("/deployments/gpt-y/"))
  }

  @Test func whatIsTakenBackIsNotSaidAgain() async throws {
    let bench = Bench()
    for (question, answer) in [("one", "1"), ("two", "2")] {
      let updates = await bench.session.send(question)
      let transfer = await bench.transport.next()
      transfer.answer()
      transfer.send(chunk(answer, finish: "stop") + done)
      _ = await updates.result()
    }
    #expect(await !bench.session.takeBack(3))
    #expect(await bench.session.takeBack(1))
    _ = await bench.session.send("zwei")
    let body = await bench.transport.next().bodyText
    #expect(body.contains("\"1\"") && body.contains("\"zwei\"") && !body.contains("\"two\""))
  }

  @Test func clearForgetsTheTurnsAndKeepsThePrompt() async throws {
    let bench = Bench(conversation: Conversation(systemPrompt: SystemPrompt(name: "n", summary: "", text: "Hm")))
    let updates = await bench.session.send("one")
    await bench.session.clear()
    #expect(await updates.result()?.status == .cancelled)
    #expect(
      await bench.session.conversation == Conversation(systemPrompt: SystemPrompt(name: "n", summary: "", text: "Hm")))
  }

  @Test func aConversationIsTakenUp() async throws {
    let bench = Bench()
    let updates = await bench.session.send("one")
    var answer = TurnResult()
    answer.content = "An old answer"
    let old = Conversation(turns: [Turn(id: TurnID(1), prompt: "An old question", result: answer)])
    await bench.session.takeUp(old)
    #expect(await updates.result()?.status == .cancelled)
    #expect(await bench.session.conversation == old)
    let next = await bench.session.send("two")
    // An id that nobody saw yet.
    #expect(next.turn == TurnID(2))
    #expect(
      await bench.session.conversation.messages.map(\.content) == [
        SystemPrompt.helpful.text, "An old question", "An old answer", "two",
      ])
  }

  @Test func errorsSayWhatToDo() async throws {
    var provider = Provider(name: "azure-openai", kind: .azureOpenAI, endpoint: "https://x.openai.azure.com")
    provider.deployment = "gpt-x"
    provider.apiVersion = "2024-06-01"
    let bench = Bench(provider)
    let updates = await bench.session.send("hi")
    let transfer = await bench.transport.next()
    transfer.answer(status: 404)
    transfer.send(#"{"error":{"code":"DeploymentNotFound","message":"no such deployment"}}"#)
    transfer.end()
    let error = try #require(await updates.result()?.error)
    #expect(error.kind == .notFound)
    for name in ["gpt-x", "2024-06-01", "https://x.openai.azure.com"] {
      #expect(error.remedy?.contains(name) == true)
    }
  }

  @Test func aFailureBeforeTheAnswerIsItsOwnError() async throws {
    let bench = Bench()
    let updates = await bench.session.send("hi")
    let error = ChatError(.tls, "No secure connection", remedy: "Do something")
    await bench.transport.next().end(.cut(error))
    let result = await updates.result()
    #expect(result?.status == .failed)
    #expect(result?.error == error)
  }
}

/// The first model that the service lists, where none is set.
@Suite(.timeLimit(.minutes(1))) struct ModelListingTests {
  @Test func theFirstIsTakenAndKept() async throws {
    let bench = Bench(openAI(model: nil))
    let updates = await bench.session.send("hi")
    let list = await bench.transport.next()
    #expect(list.request.method == "GET")
    #expect(list.request.url == "https://api.example/v1/models")
    list.answer(headers: [HTTPField("content-type", "application/json")])
    list.send(#"{"data":[{"id":"first"},{"id":"second"}]}"#)
    list.end()
    let transfer = await bench.transport.next()
    #expect(transfer.bodyText.contains(#""model":"first""#))
    transfer.answer()
    transfer.send(chunk("a", finish: "stop") + done)
    #expect(await updates.result()?.status == .complete)
    #expect(await bench.session.model == "first")
    let later = await bench.session.send("again")
    #expect(await bench.transport.next().request.method == "POST")
    _ = later
  }

  @Test(arguments: [(200, #"{"data":[]}"#), (404, "not here")])
  func noModelToTake(_ status: Int, _ body: String) async throws {
    let bench = Bench(openAI(model: nil))
    let updates = await bench.session.send("hi")
    let list = await bench.transport.next()
    list.answer(status: status, headers: [])
    list.send(body)
    list.end()
    let result = try #require(await updates.result())
    #expect(result.status == .failed)
    #expect(result.error?.kind == .config)
    #expect(result.error?.remedy == "Set OPENAI_MODEL or give --model NAME")
  }

  @Test func aRefusedKeyIsAnAuthError() async throws {
    let bench = Bench(openAI(model: nil))
    let updates = await bench.session.send("hi")
    let list = await bench.transport.next()
    list.answer(status: 401, headers: [])
    list.send(#"{"error":{"message":"bad key"}}"#)
    list.end()
    #expect(await updates.result()?.error?.kind == .auth)
  }

  @Test func theLimitsHold() async throws {
    let bench = Bench(openAI(model: nil))
    let updates = await bench.session.send("hi")
    let list = await bench.transport.next()
    list.connect()
    bench.clock.advance(by: .seconds(120))
    let result = await updates.result()
    #expect(result?.status == .timedOut)
    #expect(result?.error?.kind == .timeoutFirstChunk)
    #expect(list.isCancelled)
  }

  @Test func theTotalCoversTheListToo() async throws {
    let bench = Bench(openAI(model: nil))
    let updates = await bench.session.send("hi")
    let list = await bench.transport.next()
    bench.clock.advance(by: .seconds(9))
    list.answer(headers: [])
    list.send(#"{"data":[{"id":"first"}]}"#)
    list.end()
    let transfer = await bench.transport.next()
    // A new attempt has a connect limit of its own, and the rest of the total.
    bench.clock.advance(by: .seconds(9))
    transfer.answer()
    transfer.send(chunk("a"))
    await transfer.waitForTake()
    for _ in 0..<9 {
      bench.clock.advance(by: .seconds(29))
      transfer.send(chunk("b"))
      await transfer.waitForTake()
    }
    bench.clock.advance(by: .seconds(21))
    let result = await updates.result()
    #expect(result?.error?.kind == .timeoutTotal)
    #expect(result?.timing.total == .seconds(300))
  }

  @Test func listModels() async throws {
    let bench = Bench()
    async let models = bench.session.listModels()
    let list = await bench.transport.next()
    list.answer(headers: [])
    list.send(#"{"data":[{"id":"a"},"#)
    list.send(#"{"id":"b"}]}"#)
    list.end()
    #expect(try await models == ["a", "b"])
    #expect(bench.clock.sleeperCount == 0)
  }

  @Test func listModelsTimesOut() async throws {
    let bench = Bench()
    let listing = Task { try await bench.session.listModels() }
    _ = await bench.transport.next()
    bench.clock.advance(by: .seconds(10))
    let error = await #expect(throws: ChatError.self) { try await listing.value }
    #expect(error?.kind == .timeoutConnect)
  }

  @Test func listModelsIsStoppedWithItsTask() async throws {
    let bench = Bench()
    let listing = Task { try await bench.session.listModels() }
    let transfer = await bench.transport.next()
    listing.cancel()
    await transfer.waitForCancel()
    await #expect(throws: ChatError.self) { try await listing.value }
  }
}
