import ChatModel

/// Commands that are typed after a `!`: they are run once that was asked, and what they print goes into the message.
extension AppState {
  /// What Enter does where the input is a command; nil where it is none.
  mutating func enterCommand() -> [Effect]? {
    if case .running = command, input.isAwaiting {
      hint = Hint(text: "The command still runs; Esc ends it")
      return []
    }
    guard input.isTypedCommand else { return nil }
    let line = String(input.text.dropFirst())
    guard line.contains(where: { !$0.isWhitespace }) else {
      hint = Hint(text: "Which command? A space before the ! sends it", shorter: ["Which command?"])
      return []
    }
    if case .running = command {
      hint = Hint(text: "Another command still runs; Esc ends it")
      return []
    }
    guard command == .asked else {
      command = .asked
      hint = Hint(
        text: "Run this in your shell? Enter runs it, Esc does not",
        shorter: ["Run this? Enter runs it, Esc does not", "Enter runs it"])
      return []
    }
    tickets += 1
    command = .running(ticket: tickets, command: line)
    input.replaceAll(with: Inset(label: "[! \(Self.title(line)) · running]", text: "!\(line)", ticket: tickets))
    hint = Hint(text: "The command runs; Esc ends it")
    return [.run(ticket: tickets, command: line)]
  }

  /// Takes a question back that another key than Enter follows.
  mutating func forgetQuestion() { if command == .asked { command = nil } }

  /// Ends a command that runs, or the question whether it is to; nil where there is neither.
  mutating func escapeCommand() -> [Effect]? {
    switch command {
    case nil: return nil
    case .asked:
      command = nil
      return []
    case .running: return [.endCommand]
    }
  }

  /// Takes in what a command printed.
  mutating func ran(_ ticket: Int, _ outcome: CommandOutcome) -> [Effect] {
    guard case .running(ticket, let line) = command else { return [] }
    command = nil
    hint = nil
    guard let character = input.content.insets.character(awaiting: ticket) else { return [] }
    var text = "$ \(line)\n\(outcome.output)"
    if !outcome.output.isEmpty, outcome.output.last != "\n" { text += "\n" }
    if outcome.isCut { text += "[cut here: it printed more]\n" }
    if let ending = outcome.ending { text += "[\(ending)]\n" }
    let lines = SelectedText.count(Inset.lineCount(outcome.output), "line")
    let size = ByteSize.label(outcome.output.utf8.count)
    let notes = [Self.title(line), lines, size] + [outcome.isCut ? "cut" : nil, outcome.ending].compactMap { $0 }
    input.settle(
      character, as: Inset(label: "[! \(notes.joined(separator: " · "))]", text: FencedText.fenced(text) + "\n"))
    return []
  }

  /// The command on one line, as far as a label has room for it.
  private static func title(_ line: String) -> String {
    let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count > 30 ? words.prefix(29) + "…" : words
  }
}
