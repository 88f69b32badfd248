import ChatModel
import TerminalModel

/// What tells a user who looks elsewhere, or waits: the window's title, the bell, how long is left.
extension AppState {
  /// How much more time the key gives.
  static let moreTime = Duration.seconds(30)

  /// The window's title: what goes on, the chat, the model. One line, safe for a terminal.
  public var windowTitle: String {
    let question = transcript.items.lazy.first { $0.kind == .user }?.question ?? ""
    let chat = isPrivate ? "private chat" : title ?? SavedConversation.title(from: question)
    let words = [chat, model ?? provider, Screen.programName].filter { !$0.isEmpty }.joined(separator: " · ")
    let sign = isAnswering ? "… " : hasUnseenEnd ? "● " : ""
    return sign + String(Sanitiser.terminalSafe(words).map { $0.isWhitespace ? " " : $0 }.prefix(120))
  }

  /// The window is looked at, or no longer.
  mutating func focus(_ isFocused: Bool) -> [Effect] {
    self.isFocused = isFocused
    if isFocused { hasUnseenEnd = false }
    return []
  }

  /// An answer ended after so long: rings where that was long and nobody looks.
  mutating func signalEnd(after time: Duration) -> [Effect] {
    guard isFocused == false, queue.isEmpty else { return [] }
    hasUnseenEnd = true
    guard let bellAfter, time >= bellAfter else { return [] }
    return [.bell]
  }

  /// The service is silent: says when it is given up.
  mutating func silent(left: Duration?, at now: Duration) -> [Effect] {
    turn?.givesUpAt = left.map { now + $0 }
    return []
  }

  /// Gives the service more time.
  mutating func waitLonger() -> [Effect] {
    guard isAnswering else {
      hint = Hint(text: "Nothing is waited for")
      return []
    }
    hint = Hint(text: "The service has 30 s more", until: nil)
    return [.extend(Self.moreTime)]
  }

  /// Adds what a turn cost to what this chat did.
  mutating func accountForTurn() {
    if let cost = turn?.cost { spent = (spent ?? 0) + cost }
  }
}

extension TranscriptItem {
  /// The user's message.
  fileprivate var question: String { blocks.last { $0.kind == .message }?.content.source ?? "" }
}

extension StatusLine {
  /// An amount of money: two decimals, and as many more as small ones need.
  static func amount(_ value: Double, _ currency: String) -> String {
    let decimals = value >= 1 || value == 0 ? 2 : value >= 0.01 ? 3 : 5
    let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    guard value >= 0, value * scale < 1e15 else { return currency + "…" }
    let digits = String(Int((value * scale).rounded()))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return "\(currency)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }

  /// How much of the model's context the talk took.
  static func share(_ used: Int, of size: Int) -> String {
    let percent = Double(used) * 100 / Double(max(1, size))
    return "context \(Int(min(999, max(0, percent))))%"
  }
}
