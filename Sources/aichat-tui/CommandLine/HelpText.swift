/// The text of `--help`, made from the table that the parser uses.
enum HelpText {
  /// The help of one command, ending in a newline.
  static func text(for command: Command) -> String {
    var lines = ["Usage: \(command.usage)", "", command.summary]
    if command == .chat {
      lines += ["", "Commands (each has a --help of its own):"]
      let width = Command.named.map(\.rawValue.count).max() ?? 0
      for named in Command.named {
        lines.append("  \(padded(named.rawValue, to: width))  \(firstSentence(of: named.summary))")
      }
    }
    lines += ["", "Options:"]
    let forms = command.options.map { (form(of: $0), $0.summary(for: command)) }
    let width = forms.map(\.0.count).max() ?? 0
    for (form, summary) in forms { lines.append("  \(padded(form, to: width))  \(summary)") }
    if command.options.contains(.provider) && command != .decode {
      lines += ["", "A key is never an option: it comes from the environment, --env-file or the configuration."]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func form(of option: OptionName) -> String {
    let letter = option.letter.map { "-\($0), " } ?? "    "
    return letter + option.rawValue + (option.placeholder.map { " " + $0 } ?? "")
  }

  private static func firstSentence(of summary: String) -> String {
    let line = summary.split(separator: "\n").joined(separator: " ")
    return line.split(separator: ". ").first.map { $0.hasSuffix(".") ? String($0) : $0 + "." } ?? line
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
