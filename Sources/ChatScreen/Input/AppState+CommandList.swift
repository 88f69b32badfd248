/// The list of commands while one is typed.
extension AppState {
  /// Completes the command that is being typed.
  mutating func complete(_ command: SlashCommand) {
    input.setText("/" + command.name.rawValue + (command.argument == nil ? "" : " "))
  }

  /// What Enter is to run: a command that is only begun stands for the one selected in the list.
  var inputToRun: String {
    guard let chosen = commandList.chosen, !chosen.names.contains(where: { "/" + $0 == input.text }) else {
      return input.text
    }
    return "/" + chosen.name.rawValue
  }

  /// What is sent for an input: a second slash before what would be a command is not part of it.
  static func message(of input: String) -> String {
    guard input.hasPrefix("//"), case let rest = String(input.dropFirst()), case .command? = SlashCommand.parse(rest)
    else { return input }
    return rest
  }
}
