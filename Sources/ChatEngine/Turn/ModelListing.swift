import ChatModel
import ChatWire

/// Reads the list of a service's models, within the same limits as an answer. Pure: bytes and time come in.
struct ModelListing {
  private let provider: Provider
  /// A turn wants one of the models because none is set.
  private let isForTurn: Bool
  private var reply: WholeReply

  init(provider: Provider, deadlines: Deadlines, isForTurn: Bool = true) {
    self.isForTurn = isForTurn
    self.provider = provider
    reply = WholeReply(provider: provider, deadlines: deadlines)
  }

  var deadlines: Deadlines {
    get { reply.deadlines }
    set { reply.deadlines = newValue }
  }

  /// Takes what came; returns the list or the error once it is over.
  mutating func receive(_ batch: TransferBatch, now: Duration) -> Result<[String], ChatError>? {
    reply.receive(batch, now: now).map(models)
  }

  /// Called when a deadline may have passed: the timeout, or nil when there is time left.
  mutating func judge(now: Duration) -> Result<[String], ChatError>? {
    reply.judge(now: now).map(models)
  }

  private func models(_ reply: Result<[UInt8], ChatError>) -> Result<[String], ChatError> {
    do throws(ChatError) {
      return .success(try provider.models(from: try reply.get()))
    } catch {
      if let status = error.status, [404, 405, 410, 501].contains(status) {
        if isForTurn { return .failure(provider.noModel("does not list any")) }
        return .failure(
          ChatError(.config, "\(provider.displayHost) does not list its models", remedy: provider.modelRemedy))
      }
      return .failure(error.isTimeout ? error : provider.advised(error))
    }
  }
}
