import ChatModel

/// The codes that the program ends with; scripts hold on to them (`sysexits.h`, where it has a name for the case).
enum ExitCode: Int32, Sendable {
  case success = 0
  /// The command line is wrong.
  case usage = 64
  /// The service refused the request itself.
  case refusedRequest = 65
  /// No connection.
  case unavailable = 69
  case unexpected = 70
  /// The service is busy or broken for now.
  case temporaryFailure = 75
  /// What came is no answer, or breaks off.
  case protocolViolation = 76
  case notAllowed = 77
  case configuration = 78
  /// One of our timeouts.
  case timedOut = 124
  case hungUp = 129
  case cancelled = 130
  /// The reader of stdout went away.
  case brokenPipe = 141
  case terminated = 143

  /// The code for an error of that kind.
  init(_ kind: ChatError.Kind) {
    switch kind {
    case .auth: self = .notAllowed
    case .config, .notFound: self = .configuration
    case .badRequest, .contentFilter: self = .refusedRequest
    case .rateLimit, .server: self = .temporaryFailure
    case .network, .tls: self = .unavailable
    case .protocolViolation, .truncated: self = .protocolViolation
    case .timeoutConnect, .timeoutFirstChunk, .timeoutChunk, .timeoutTotal: self = .timedOut
    case .unexpected: self = .unexpected
    }
  }

  /// The code for a turn that ended so.
  init(_ result: TurnResult) {
    switch result.status {
    case .complete: self = .success
    case .cancelled: self = .cancelled
    case .timedOut: self = .timedOut
    case .truncated: self = .protocolViolation
    case .failed: self = ExitCode(result.error?.kind ?? .unexpected)
    }
  }
}

/// Why a command cannot go on: a sentence for the user and the code to end with. Never contains a key.
struct CommandFailure: Error, Equatable {
  var code: ExitCode
  var message: String

  /// A mistake on the command line.
  static func usage(_ message: String) -> CommandFailure { CommandFailure(code: .usage, message: message) }
  /// A mistake in the environment or in a file.
  static func configuration(_ message: String) -> CommandFailure {
    CommandFailure(code: .configuration, message: message)
  }
}
