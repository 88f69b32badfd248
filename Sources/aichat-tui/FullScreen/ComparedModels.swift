import ChatEngine
import ChatModel
import ChatScreen

/// Asks several models the same question at once, each in a session of its own that has taken up the talk. The answers are
/// written down beside each other, as they come.
actor ComparedModels {
  private struct Asked {
    let session: ChatSession
    /// Ends once the last update was delivered and written down.
    let delivery: Task<Void, Never>
  }

  private let catalog: ProviderCatalog
  private let connection: ChatConnection
  private let talk: SavedTalk
  private let deliver: @Sendable (AppEvent) -> Void
  /// Those of the last question.
  private var asked: [Asked] = []

  init(
    catalog: ProviderCatalog, connection: ChatConnection, talk: SavedTalk,
    deliver: @escaping @Sendable (AppEvent) -> Void
  ) {
    self.catalog = catalog
    self.connection = connection
    self.talk = talk
    self.deliver = deliver
  }

  /// Asks all of them, once the question is on the disk. Where one cannot be set up, its turn fails, and the others run.
  func ask(_ question: Question, of contenders: [Contender]) async {
    await finishFarewells()
    await talk.recorder.ask(question.text, attachments: question.attachments)
    let services = contenders.map { contender in
      Result { () throws(CommandFailure) in try catalog.configuration(for: contender.choices).withoutQuestions }
    }
    await talk.recorder.began(
      zip(contenders, services).map { contender, service in
        let configuration = try? service.get()
        return (
          contender.turn,
          .init(
            provider: configuration?.provider.name ?? contender.choices.provider ?? "",
            model: configuration?.provider.model ?? contender.choices.model,
            parameters: configuration?.parameters ?? Parameters())
        )
      })
    asked = []
    for (contender, service) in zip(contenders, services) {
      do throws(CommandFailure) {
        let configuration = try service.get()
        deliver(.answers(contender.turn, configuration.facts))
        let session = try await session(for: configuration)
        let updates = await session.send(question.text, attachments: question.attachments)
        let turn = contender.turn
        asked.append(
          Asked(
            session: session,
            delivery: Task.detached { [weak self] in
              for await update in updates { await self?.tell(SessionUpdate(turn: turn, change: update.change)) }
            }))
      } catch {
        var result = TurnResult()
        result.status = .failed
        result.error = ChatError(.config, error.message)
        await tell(SessionUpdate(turn: contender.turn, change: .finished(result)))
      }
    }
  }

  /// A session that goes on with the talk. What the present service keeps of it means nothing to another one, and a thread
  /// cannot go two ways.
  private func session(for configuration: Configuration) async throws(CommandFailure) -> ChatSession {
    let beside = try ChatConnection(
      beside: connection, configuration, gathering: FramePacer.streaming, announcesSilence: true)
    var conversation = await connection.session.conversation
    conversation.threadID = nil
    if await !connection.session.provider.sharesStore(with: beside.provider) { conversation.forgetStoredResponse() }
    await beside.session.takeUp(conversation)
    return beside.session
  }

  private func tell(_ update: SessionUpdate) async {
    deliver(.session(update))
    await talk.note(update)
  }

  /// Stops all that run.
  func cancel() async {
    for one in asked { await one.session.cancel() }
  }

  /// Waits so much longer for all of them.
  func extend(by time: Duration) async {
    for one in asked { await one.session.extend(by: time) }
  }

  /// Goes on with one of the answers, once all are over and written down.
  func keep(_ turn: TurnID) async {
    await finish()
    guard let place = await talk.keep(turn) else { return }
    deliver(.kept(turn, place))
  }

  /// Stops all, and returns once everything is written down.
  func finish() async {
    await cancel()
    for one in asked { await one.delivery.value }
  }

  /// Returns once the services were told of turns that ended on our side.
  func finishFarewells() async {
    for one in asked { await one.session.finishFarewells() }
  }
}

extension Configuration {
  /// The same where nobody is asked whether a tool may run, since several models would ask at a time: those that were allowed
  /// beforehand are offered, and run.
  fileprivate var withoutQuestions: Configuration {
    var quiet = self
    let refused = runnableTools.filter { !allowedTools.contains($0.name) }
    quiet.runnableTools.removeAll(where: refused.contains)
    quiet.tools.removeAll { definition in refused.contains { $0.definition == definition } }
    return quiet
  }
}
