import ChatModel
import TerminalModel

/// Writes an answer to stdout as it streams: byte for byte into a pipe or a file, made safe for a terminal. With a prefix it
/// writes whole lines, each with the prefix before it.
struct AnswerPrinter {
  private let console: Console
  private var sanitiser: Sanitiser?
  /// Whether the last thing written ended its line; nothing written counts as such.
  private(set) var isAtLineStart = true
  private(set) var hasWritten = false

  private let linePrefix: [UInt8]?
  /// The beginning of a line, where only whole ones are written.
  private var held: [UInt8] = []

  init(_ console: Console, linePrefix: String? = nil) {
    self.console = console
    self.linePrefix = linePrefix.map { Array($0.utf8) }
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

  /// Ends the answer: on a terminal, and where lines have a prefix, with the end of its line, else with nothing.
  mutating func finish() throws(Console.WriteError) {
    guard sanitiser != nil || linePrefix != nil else { return }
    try write(sanitiser?.finish() ?? "")
    if !isAtLineStart { try write("\n") }
  }

  private mutating func write(_ text: String) throws(Console.WriteError) {
    if text.isEmpty { return }
    hasWritten = true
    isAtLineStart = text.utf8.last == UInt8(ascii: "\n")
    if let linePrefix { try write(text, after: linePrefix) } else { try console.write(text) }
  }

  private mutating func write(_ text: String, after prefix: [UInt8]) throws(Console.WriteError) {
    var lines: [UInt8] = []
    for byte in text.utf8 {
      held.append(byte)
      guard byte == UInt8(ascii: "\n") else { continue }
      lines += prefix + held
      held.removeAll(keepingCapacity: true)
    }
    if !lines.isEmpty { try console.write(lines) }
  }
}
