import ChatEngine
import ChatModel
import ChatScreen

/// Does what the screen asks of the session, in order and off the terminal's thread, and brings back what it tells.
final class SessionRunner: Sendable {
  /// What came of an effect that asks for a turn.
  private enum Begun: Sendable {
    case turn(TurnUpdates)
    /// There was nothing to do; why.
    case refused(String)
  }

  private let effects: AsyncStream<Effect>.Continuation
  private let connection: ChatConnection

  /// `deliver` gets the events one after the other, each from whichever thread made it.
  init(_ connection: ChatConnection, deliver: @escaping @Sendable (AppEvent) -> Void) {
    self.connection = connection
    let (stream, effects) = AsyncStream.makeStream(of: Effect.self)
    self.effects = effects
    let (turns, turn) = AsyncStream.makeStream(of: Begun.self)
    let session = connection.session
    Task.detached {
      for await effect in stream {
        if let begun = await Self.perform(effect, in: session) { turn.yield(begun) }
      }
      turn.finish()
    }
    // One turn after the other: a session begins none before the last is over, so none has to wait here.
    Task.detached {
      for await begun in turns {
        switch begun {
        case .turn(let updates): for await update in updates { deliver(.session(update)) }
        case .refused(let why): deliver(.refused(why))
        }
      }
    }
  }

  /// Takes an effect on; returns at once. Effects that are not the session's are ignored.
  func perform(_ effect: Effect) { effects.yield(effect) }

  /// Ends it, a running turn and the demo too; waits a few seconds at most for a service that has to be told of it.
  func stop() {
    effects.finish()
    Blocking.run { [session = connection.session] in
      await session.cancel()
      await session.finishFarewells()
    }
    connection.close()
  }

  private static func perform(_ effect: Effect, in session: ChatSession) async -> Begun? {
    switch effect {
    case .send(let text): return .turn(await session.send(text))
    case .retry: return await session.retry().map(Begun.turn) ?? .refused("There is no question yet to ask again")
    case .carryOn:
      return await session.carryOn().map(Begun.turn) ?? .refused("Nothing to continue: the last answer is whole")
    case .compact:
      return await session.compact().map(Begun.turn) ?? .refused("Nothing to compact: there are no older messages")
    case .cancel: await session.cancel()
    case .setSystemPrompt(let prompt): await session.setSystemPrompt(prompt)
    case .clear: await session.clear()
    case .quit, .suspend, .redraw, .setMouse, .copy, .save, .history: break
    }
    return nil
  }
}
