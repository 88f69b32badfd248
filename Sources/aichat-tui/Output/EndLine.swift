import ChatModel
import TerminalModel

/// The one line on stderr that says how a turn ended early; scripts know these lines.
enum EndLine {
  /// The line without its end; nil for a turn that is complete, or that the user stopped.
  static func text(_ result: TurnResult) -> String? {
    switch result.status {
    case .complete, .cancelled: return nil
    case .timedOut: return "[Timeout - partial response]"
    case .truncated: return "[Response truncated due to error]"
    case .failed where result.hasContent:
      return "[Response truncated due to error]" + (result.error.map { " \(what($0.kind)): \(sentence($0))" } ?? "")
    case .failed: return text(result.error ?? ChatError(.unexpected, "no reason is known"))
    }
  }

  private static func text(_ error: ChatError) -> String {
    let label: String
    switch (error.kind, error.status) {
    case (.auth, _): label = "Auth Error"
    case (.network, _), (.tls, _): label = "Network Error"
    case (_, let status?):
      label = "HTTP Error \(status)"
      // Without words of the service's own the message is the status line, whose beginning is said already.
      let said = "HTTP \(status) "
      if sentence(error).hasPrefix(said) { return "[\(label): \(sentence(error).dropFirst(said.count))]" }
    default: label = "Unexpected Error"
    }
    return "[\(label): \(sentence(error))]"
  }

  private static func what(_ kind: ChatError.Kind) -> String {
    switch kind {
    case .auth: "Auth error"
    case .rateLimit: "Rate limit"
    case .server: "Server error"
    case .contentFilter: "Content filter"
    default: "Error"
    }
  }

  /// Message and remedy on one line, safe for a terminal.
  static func sentence(_ error: ChatError) -> String {
    var text = error.message.isEmpty ? "no reason was given" : error.message
    if let remedy = error.remedy, !remedy.isEmpty {
      text += text.last.map { ".!?…".contains($0) } == true ? " " : ". "
      text += remedy
    }
    return oneLine(text)
  }

  /// A line safe for a terminal, its blanks as they are.
  static func terminalLine(_ line: String) -> String { Sanitiser.terminalSafe(line) }

  /// The text on one line, safe for a terminal.
  static func oneLine(_ text: String) -> String {
    Sanitiser.terminalSafe(text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " "))
  }
}
