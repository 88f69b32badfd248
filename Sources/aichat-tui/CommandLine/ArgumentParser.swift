/// A command line taken apart: the command, its options' values as they were written, and the words.
struct ParsedArguments: Equatable {
  var command = Command.chat
  /// The values of each option in their order; a switch has an empty one for each time it was given.
  var values: [OptionName: [String]] = [:]
  var words: [String] = []

  /// Takes apart the arguments after the program's name. Throws a usage failure that names the mistake.
  init(_ arguments: [String]) throws(CommandFailure) {
    var rest = arguments
    if let position = Self.positionOfCommand(in: arguments) {
      let word = arguments[position]
      guard let command = Command.named.first(where: { $0.rawValue == word }) else {
        let hint = NearestName.hint(word, among: Command.named.map(\.rawValue))
        throw .usage(
          "\(word) is no command\(hint.isEmpty ? " (to ask one question: aichat-tui ask \"…\")" : hint)")
      }
      self.command = command
      rest.remove(at: position)
    }
    var reader = rest[...]
    while let argument = reader.popFirst() {
      if argument == "--" {
        words += reader
        break
      }
      if argument.hasPrefix("-"), argument.count > 1 {
        try take(argument, &reader)
      } else {
        words.append(argument)
      }
    }
  }

  /// The first word that is neither an option nor an option's value; options may stand before the command.
  private static func positionOfCommand(in arguments: [String]) -> Int? {
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      if argument == "--" { return nil }
      guard argument.hasPrefix("-"), argument.count > 1 else { return index }
      let isWhole = argument.hasPrefix("--") ? !argument.contains("=") : argument.count == 2
      let option = Self.option(written: argument, among: OptionName.allCases)
      index += isWhole && option?.placeholder != nil ? 2 : 1
    }
    return nil
  }

  /// The option that an argument such as `--model`, `--model=x`, `-m` or `-mx` begins with.
  private static func option(written argument: String, among options: [OptionName]) -> OptionName? {
    if argument.hasPrefix("--") {
      let name = Self.split(argument).name
      return options.first { $0.rawValue == name }
    }
    let letter = argument.unicodeScalars.dropFirst().first.map { Character($0) }
    return options.first { $0.letter != nil && $0.letter == letter }
  }

  /// The parts of `--name=value`. By bytes: a value may begin with a combining mark, which would hide the `=`.
  private static func split(_ argument: String) -> (name: String, value: String?) {
    guard let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (argument, nil) }
    return (String(argument[..<equals]), String(argument[argument.utf8.index(after: equals)...]))
  }

  private mutating func take(_ argument: String, _ rest: inout ArraySlice<String>) throws(CommandFailure) {
    guard let option = Self.option(written: argument, among: command.options) else { throw unknown(argument) }
    let isLong = argument.hasPrefix("--")
    let attached: String? =
      if isLong {
        Self.split(argument).value
      } else {
        // `-m=x` is taken for `-mx`: no value of a short option begins with that sign.
        argument.unicodeScalars.count > 2
          ? String(argument.unicodeScalars.dropFirst(argument.utf8.dropFirst(2).first == UInt8(ascii: "=") ? 3 : 2))
          : nil
      }
    if let placeholder = option.placeholder {
      guard let value = attached ?? rest.popFirst() else {
        throw .usage("\(option.rawValue) wants a value: \(option.rawValue) \(placeholder)")
      }
      values[option, default: []].append(value)
    } else {
      guard attached == nil else {
        throw isLong ? .usage("\(option.rawValue) takes no value") : unknown(argument)
      }
      values[option, default: []].append("")
    }
  }

  private func unknown(_ argument: String) -> CommandFailure {
    let name = Self.split(argument).name
    let whose = command == .chat ? "" : " of \(command.rawValue)"
    if let elsewhere = Self.option(written: argument, among: OptionName.allCases) {
      let takers = Command.allCases.filter { $0.options.contains(elsewhere) }
      let names = takers.map { $0 == .chat ? "aichat-tui without a command" : $0.rawValue }
      return .usage("\(name) is no option\(whose), but one of \(names.joined(separator: ", "))")
    }
    let hint = NearestName.hint(name, among: command.options.map(\.rawValue))
    return .usage("\(name) is no option\(whose)\(hint)")
  }
}
