import ChatEngine
import ChatModel
import ChatScreen

/// Does what the screen asks of the session and of the saved chats, in order and off the terminal's thread, and brings back
/// what they tell.
final class SessionRunner: Sendable {
  private let effects: AsyncStream<Effect>.Continuation
  private let lookUps: AsyncStream<ChatsRequest>.Continuation
  private let connection: ChatConnection
  private let talk: SavedTalk
  private let services: ServiceSwitch
  private let compared: ComparedModels
  private let deliver: @Sendable (AppEvent) -> Void
  /// Ends once the last update was delivered and written down.
  private let delivery: Task<Void, Never>

  /// `deliver` gets the events one after the other, each from whichever thread made it.
  init(
    _ connection: ChatConnection, _ talk: SavedTalk, _ services: ServiceSwitch, files: FileWriter,
    deliver: @escaping @Sendable (AppEvent) -> Void
  ) {
    self.connection = connection
    self.talk = talk
    self.services = services
    self.deliver = deliver
    let (stream, effects) = AsyncStream.makeStream(of: Effect.self)
    self.effects = effects
    let (turns, turn) = AsyncStream.makeStream(of: Begun.self)
    let compared = ComparedModels(
      catalog: services.catalog, connection: connection, talk: talk, deliver: deliver)
    self.compared = compared
    let chats = SavedChats(talk: talk, files: files) { deliver(.history($0)) }
    Task.detached {
      for await effect in stream {
        if case .history(let request) = effect {
          await chats.perform(request)
        } else if case .adopt(let choices) = effect {
          deliver(await services.adopt(choices))
        } else if let begun = await Self.perform(effect, connection.session, compared, talk) {
          turn.yield(begun)
        }
      }
      turn.finish()
    }
    // One turn after the other: a session begins none before the last is over, so none has to wait here.
    delivery = Task.detached {
      for await begun in turns {
        switch begun {
        case .turn(let updates):
          for await update in updates {
            deliver(.session(update))
            await talk.note(update)
          }
        case .refused(let why): deliver(.refused(why))
        }
      }
    }
    // Whoever looks for a chat does not keep the session waiting, nor an Escape.
    let (requests, lookUps) = AsyncStream.makeStream(of: ChatsRequest.self)
    self.lookUps = lookUps
    Task.detached {
      for await request in requests { await chats.perform(request) }
    }
  }

  /// Takes an effect on; returns at once. Effects that are neither the session's nor the saved chats' are ignored.
  func perform(_ effect: Effect) {
    if case .history(let request) = effect, !SavedChats.concernsSession(request) {
      lookUps.yield(request)
    } else if case .listModels(let provider) = effect {
      // A service may take its time, and each has its own.
      Task.detached { [services, deliver] in deliver(await services.models(of: provider)) }
    } else {
      effects.yield(effect)
    }
  }

  /// Ends it, a running turn and the demo too; waits a few seconds at most for a service that has to be told of it, and
  /// for the disk.
  func stop() {
    effects.finish()
    lookUps.finish()
    Blocking.run { [session = connection.session, compared, delivery, talk] in
      await session.cancel()
      await delivery.value
      await compared.finish()
      await talk.finish()
      await session.finishFarewells()
      await compared.finishFarewells()
    }
    connection.close()
  }

  private static func perform(
    _ effect: Effect, _ session: ChatSession, _ compared: ComparedModels, _ talk: SavedTalk
  ) async -> Begun? {
    switch effect {
    case .send(let question): return .turn(await talk.send(question))
    case .retry(let model):
      return await talk.retry(with: model).map(Begun.turn) ?? .refused("There is no question yet to ask again")
    case .carryOn: return await talk.carryOn()
    case .compact:
      return await session.compact().map(Begun.turn) ?? .refused("Nothing to compact: there are no older messages")
    case .takeBack(let count): await talk.takeBack(count)
    case .compare(let question, let contenders): await compared.ask(question, of: contenders)
    case .keepCompared(let turn): await compared.keep(turn)
    case .cancel:
      await session.cancel()
      await compared.cancel()
    case .extend(let time):
      await session.extend(by: time)
      await compared.extend(by: time)
    case .setSystemPrompt(let prompt): await talk.setSystemPrompt(prompt)
    case .clear: await talk.clear()
    case .quit, .suspend, .bell, .redraw, .setMouse, .copy, .save, .edit, .history, .listModels, .adopt, .prompts,
      .attach, .completePath, .run, .endCommand, .answerTool:
      break
    }
    return nil
  }
}
