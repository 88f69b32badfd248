/// A command that is typed into the input after a slash.
struct SlashCommand: Equatable, Sendable {
  /// The word after the slash.
  enum Name: String, Sendable {
    case prompt, system, model, provider, set, retry, compare
    case carryOn = "continue"
    case edit, branch, undo, compact, attach, history, title
    case makePrivate = "private"
    case clear, reasoning, raw, wrap, theme, find, select, copy, save
    case saveOver = "save!"
    case export
    case exportOver = "export!"
    case mouse, queue, keys, help, exit
  }

  let name: Name
  /// Other words for it.
  var aliases: [String] = []
  /// What may follow, as help shows it; nil when nothing may.
  var argument: String?
  let help: String

  static let all: [SlashCommand] = [
    SlashCommand(name: .prompt, argument: "[name]", help: "switch the system prompt, by name or from a menu"),
    SlashCommand(
      name: .system, argument: "[text]", help: "a system prompt for this chat; alone: to change the present one"),
    SlashCommand(name: .model, argument: "[name]", help: "switch the model, by name or from a menu"),
    SlashCommand(name: .provider, argument: "[name]", help: "switch the provider, by name or from the menu of models"),
    SlashCommand(name: .set, argument: "[name value]", help: "set temperature, timeouts and more; alone: all of them"),
    SlashCommand(name: .retry, argument: "[model]", help: "ask the last question again, of another model"),
    SlashCommand(
      name: .compare, argument: "[models]", help: "ask two to four models at once, side by side; off"),
    SlashCommand(name: .edit, argument: "[N]", help: "change your last message, or the N-th from the end"),
    SlashCommand(name: .branch, help: "the ways that edits and retries made: see, switch"),
    SlashCommand(name: .undo, help: "take the last turn back; /branch keeps it"),
    SlashCommand(name: .carryOn, help: "carry on the last answer where it broke off"),
    SlashCommand(name: .compact, help: "fold the older messages into a summary that the model writes"),
    SlashCommand(name: .attach, argument: "[file]", help: "a file goes along with the message; so does @file"),
    SlashCommand(name: .history, argument: "[words]", help: "saved chats: open, find, delete"),
    SlashCommand(name: .title, argument: "[words]", help: "name this chat"),
    SlashCommand(name: .makePrivate, help: "a new chat of which nothing is kept; again: one that is"),
    SlashCommand(name: .clear, aliases: ["new"], help: "begin a new chat; this one stays among the saved"),
    SlashCommand(name: .reasoning, help: "open or fold the reasoning"),
    SlashCommand(name: .raw, help: "show answers as they came, or laid out"),
    SlashCommand(name: .wrap, help: "wrap long lines of code, or let them run on"),
    SlashCommand(name: .theme, argument: "[name]", help: "switch the colours, by name or from a menu"),
    SlashCommand(name: .find, argument: "[words]", help: "look for words in the talk"),
    SlashCommand(name: .select, help: "select messages and blocks of code, to copy or save them"),
    SlashCommand(name: .copy, argument: "[text|code N]", help: "copy the last answer, as text, or its code"),
    SlashCommand(name: .save, argument: "[file]", help: "write the last answer to a file"),
    SlashCommand(name: .saveOver, argument: "[file]", help: "likewise, over a file that there is"),
    SlashCommand(
      name: .export, argument: "[format] [file]", help: "write this chat to a file: markdown, json, jsonl, openai, html"
    ),
    SlashCommand(name: .exportOver, argument: "[format] [file]", help: "likewise, over a file that there is"),
    SlashCommand(name: .mouse, help: "mouse on: the wheel scrolls; off: the terminal selects"),
    SlashCommand(name: .queue, help: "messages that wait: edit or remove them"),
    SlashCommand(name: .keys, argument: "[words]", help: "the keys: what they do, and how they are set"),
    SlashCommand(name: .help, help: "this help"),
    SlashCommand(name: .exit, aliases: ["quit"], help: "quit; so does the word exit alone"),
  ]

  /// How it is typed: `/prompt [name]`, `/exit, /quit`.
  var usage: String {
    let names = ([name.rawValue] + aliases).map { "/" + $0 }.joined(separator: ", ")
    return names + (argument.map { " " + $0 } ?? "")
  }

  /// What a text that begins with a slash turns out to be.
  enum Parsed: Equatable, Sendable {
    case command(Name, argument: String)
    /// Not a command; why, in a sentence.
    case mistake(String)
  }

  /// Reads an input; nil when it is a message: it has no slash at its very start, or two, or begins with a path.
  static func parse(_ input: String) -> Parsed? {
    guard input.hasPrefix("/"), !input.hasPrefix("//") else { return nil }
    let words = input.dropFirst().split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let word = input.dropFirst().first?.isWhitespace == false ? words.first.map(String.init) ?? "" : ""
    let argument = trimmed(words.count > 1 ? words[1] : "")
    // A path is no command.
    if word.contains("/") { return nil }
    if word.isEmpty { return .mistake("A slash alone is no command: /help lists them. A space before it sends it") }
    guard let command = all.first(where: { $0.name.rawValue == word || $0.aliases.contains(word) }) else {
      return .mistake("No /\(word.prefix(40)). Did you mean \(nearest(to: word))? A space before it sends it")
    }
    if command.argument == nil && !argument.isEmpty {
      return .mistake("/\(word) stands alone; a space before it sends it as a message")
    }
    return .command(command.name, argument: argument)
  }

  private static func nearest(to word: String) -> String {
    let names = all.flatMap { [$0.name.rawValue] + $0.aliases }
    let best = names.min { distance($0, word) < distance($1, word) }
    return "/" + (best ?? Name.help.rawValue)
  }

  /// A word that is begun is near, however much of it is missing.
  private static func distance(_ name: String, _ word: String) -> Int {
    !word.isEmpty && name.hasPrefix(word) ? 0 : MenuFilter.distance(name, word.lowercased())
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

extension SlashCommand.Name {
  /// Whether it goes on from what was said last, or takes it back: of several answers one is kept first.
  var changesTalk: Bool {
    switch self {
    case .retry, .edit, .branch, .undo, .carryOn, .compact: true
    default: false
    }
  }
}
