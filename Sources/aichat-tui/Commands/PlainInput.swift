/// A line of `--plain` that is a command, not a message.
enum PlainInput: Equatable {
  case help, clear, carryOn, compact, undo, listPrompts, compare
  case retry(model: String?)
  case title(String)
  case usePrompt(String)
  case attach(String)
  case unknown(String)

  /// What the commands are called.
  static let words = [
    "/help", "/prompt", "/retry", "/continue", "/undo", "/compact", "/title", "/attach", "/clear", "/exit",
  ]

  static let summary = """
    /prompt NAME  uses another system prompt, /prompt lists them
    /retry MODEL  asks the last question again, this once of another model where one is named
    /continue     carries on the last answer where it broke off
    /undo         takes the last turn back
    /title WORDS  names this chat
    /compact      folds the older messages into a summary that the model writes
    /attach FILE  a text file or an image goes along with the next message
    /clear        begins anew
    /exit         ends (so do exit and an empty line); Ctrl-C stops an answer
    """

  /// Nil for a message, also for one that begins with a path such as `/etc/hosts`.
  init?(_ line: String) {
    guard line.hasPrefix("/") else { return nil }
    let parts = line.split(maxSplits: 1) { $0.isWhitespace }
    let word = String(parts.first ?? "/")
    guard word.dropFirst().allSatisfy(\.isLetter) else { return nil }
    let argument = parts.count > 1 ? String(parts[1].drop { $0.isWhitespace }) : ""
    switch word {
    case "/help": self = .help
    case "/clear": self = .clear
    case "/retry": self = .retry(model: argument.isEmpty ? nil : argument)
    case "/undo": self = .undo
    case "/title": self = .title(argument)
    case "/continue": self = .carryOn
    case "/compact": self = .compact
    case "/compare": self = .compare
    case "/attach": self = .attach(argument)
    case "/prompt": self = argument.isEmpty ? .listPrompts : .usePrompt(argument)
    default: self = .unknown(word)
    }
  }
}
