import ChatModel

/// What the status line says of the running or the last turn: a sample, so that it changes at most four times a second.
struct StatusSample: Equatable, Sendable {
  /// Time between two samples.
  static let interval = Duration.milliseconds(250)

  /// What goes on, or how the last turn ended.
  enum State: Equatable, Sendable {
    case starting, ready, connecting, waiting, thinking, streaming
    /// A tool is shown that the model has called, and runs once it may.
    case toolCalled
    /// A request failed and is made again, in so many seconds.
    case retrying(seconds: Int)
    case stopped, timedOut, connectionLost, failed

    /// True while pieces of the answer come.
    var isAnswering: Bool { self == .thinking || self == .streaming }

    /// True while the first piece of the answer is waited for.
    var isWaiting: Bool {
      switch self {
      case .connecting, .waiting, .retrying, .toolCalled: true
      default: false
      }
    }

    /// How a turn ended.
    init(after result: TurnResult) {
      switch result.status {
      case .complete: self = .ready
      case .cancelled: self = .stopped
      case .timedOut: self = .timedOut
      case .truncated: self = .connectionLost
      case .failed: self = .failed
      }
    }
  }

  var state = State.ready
  /// Since the start of the turn; nil before the first turn.
  var elapsed: Duration?
  /// Tokens of the answer.
  var tokens: Int?
  /// The service gave no count yet: the number is a guess by what came.
  var isEstimate = false
  /// Seconds until a silent service is given up.
  var givesUpIn: Int?
  /// Tokens of the talk that the service had before it, with the answer's.
  var contextUsed: Int?
  /// Tokens per second since the first piece, times ten.
  var rateTenths: Int?
}

extension Duration {
  /// Milliseconds, rounded down.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
