import ChatModel
import ChatWire

/// The errors that the engine raises itself, and what it adds to those of the wire, which does not know the names of
/// the variables that users set.
extension Provider {
  /// Host and port for messages.
  var displayHost: String { WebAddress(url: endpoint)?.display ?? name }

  /// The error with what the reader can do about it, where the error does not say so itself.
  func advised(_ error: ChatError) -> ChatError {
    let error = withoutKey(error)
    var advised = retirement(error) ?? error
    advised.remedy = advised.remedy ?? remedy(for: advised)
    return advised
  }

  /// The error, for a talk that was too long, with how much of it was sent.
  func measured(_ error: ChatError, sent messages: [Message]) -> ChatError {
    guard let excess = error.contextExcess else { return error }
    var error = error
    let characters = messages.reduce(0) { $0 + $1.content.count }
    let tokens = excess.tokens.map { "\($0) tokens" } ?? "about \((characters + 3) / 4) tokens"
    var sentence = "Sent: \(messages.count) messages, \(characters) characters, \(tokens)"
    if let limit = excess.limit { sentence += "; the model takes \(limit)" }
    error.message += (error.message.last.map { ".!?…".contains($0) } == true ? " " : ". ") + sentence
    return error
  }

  private func remedy(for error: ChatError) -> String? {
    if error.contextExcess != nil { return "Send less, or choose a model with a larger context" }
    switch error.kind {
    case .auth: return keyRemedy(isRefused: error.status == 401)
    case .notFound:
      var parts: [String] = []
      if let deployment { parts.append("the deployment \(deployment)") }
      if let assistantID { parts.append("the assistant \(assistantID)") }
      if let model { parts.append("the model \(model)") }
      if let version = sentAPIVersion { parts.append("the api-version \(version)") }
      parts.append("the endpoint \(safeEndpoint)")
      return "Check " + parts.joined(separator: ", ")
    case .rateLimit, .server:
      let wait = Duration.seconds(bounded: (error.retryAfter ?? 0).rounded(.up))
      guard wait > RetryPolicy.longestWait else { return nil }
      return "The service asks to wait \(wait.inSeconds) s before the next try"
    default: return nil
    }
  }

  /// What to set, never what is set.
  private func keyRemedy(isRefused: Bool) -> String {
    switch credential {
    case .accessToken:
      let place = keyVariable.map { "in \($0)" } ?? "that is configured for \(name)"
      return "Check the access token \(place)" + (isRefused ? "; it may have expired" : "; it may lack a role")
    case .apiKey: return keyVariable.map { "Check the key in \($0)" } ?? "Check the key that is configured for \(name)"
    case nil: return keyVariable.map { "Set \($0)" } ?? "Configure a key for \(name)"
    }
  }

  /// The error without our key: services like to repeat a wrong one.
  func withoutKey(_ error: ChatError) -> ChatError {
    var error = error
    switch credential {
    case .apiKey(let secret), .accessToken(let secret): error.message = secret.blotted(in: error.message)
    case nil: break
    }
    return error
  }

  /// That one of our limits ran out.
  func timeout(_ limit: Deadlines.Limit, of timeouts: Timeouts) -> ChatError {
    func error(_ kind: ChatError.Kind, _ length: Duration?, _ option: String, _ what: (String) -> String) -> ChatError {
      ChatError(
        kind, what((length ?? .zero).inSeconds), remedy: "\(option) SECONDS changes this limit, 0 turns it off")
    }
    switch limit {
    case .connect:
      return error(.timeoutConnect, timeouts.connect, "--connect-timeout") {
        "No connection to \(displayHost) within \($0) s"
      }
    case .firstChunk:
      return error(.timeoutFirstChunk, timeouts.firstChunk, "--first-chunk-timeout") {
        "\(displayHost) sent no piece of an answer within \($0) s"
      }
    case .chunk, .lingering:
      return error(.timeoutChunk, timeouts.chunk, "--chunk-timeout") {
        "\(displayHost) sent nothing more for \($0) s"
      }
    case .total:
      return error(.timeoutTotal, timeouts.total, "--total-timeout") {
        "The answer was not complete within \($0) s"
      }
    }
  }

  /// That no model is known and the service names none.
  func noModel(_ reason: String) -> ChatError {
    ChatError(.config, "No model is set, and \(displayHost) \(reason)", remedy: modelRemedy)
  }

  /// How a model is named.
  var modelRemedy: String { modelVariable.map { "Set \($0) or give --model NAME" } ?? "Give --model NAME" }

  /// The endpoint without user and password.
  private var safeEndpoint: String {
    guard let address = WebAddress(url: endpoint) else { return name }
    return address.hasUserInfo ? "\(address.scheme)://\(address.display)" : endpoint
  }
}
