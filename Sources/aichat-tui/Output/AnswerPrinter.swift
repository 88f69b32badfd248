import ChatModel
import TerminalModel

/// Writes an answer to stdout as it streams: byte for byte into a pipe or a file, made safe for a terminal.
struct AnswerPrinter {
  private let console: Console
  private var sanitiser: Sanitiser?
  /// Whether the last thing written ended its line; nothing written counts as such.
  private(set) var isAtLineStart = true
  private(set) var hasWritten = false

  init(_ console: Console) {
    self.console = console
    sanitiser = console.isOutputTerminal ? Sanitiser() : nil
  }

  /// Writes what the events say to a reader: text and refusals, in one write.
  mutating func print(_ events: [ChatEvent]) throws(Console.WriteError) {
    var text = ""
    for event in events {
      switch event {
      case .text(let piece), .refusal(let piece): text += piece
      default: break
      }
    }
    try write(sanitiser?.consume(text) ?? text)
  }

  /// Ends the answer: on a terminal with the end of its line, into a pipe with nothing.
  mutating func finish() throws(Console.WriteError) {
    guard sanitiser != nil else { return }
    try write(sanitiser?.finish() ?? "")
    if !isAtLineStart { try write("\n") }
  }

  private mutating func write(_ text: String) throws(Console.WriteError) {
    if text.isEmpty { return }
    try console.write(text)
    hasWritten = true
    isAtLineStart = text.utf8.last == UInt8(ascii: "\n")
  }
}
