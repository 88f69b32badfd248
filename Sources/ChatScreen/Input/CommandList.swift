import TerminalModel

/// The commands that what is typed may become: a list above the input, while the first word is being typed after a slash.
struct CommandList: Equatable, Sendable {
  /// Nil while no command is begun.
  private var word: String?
  private(set) var matches: [SlashCommand] = []
  private(set) var selection = 0
  /// The first one shown.
  private(set) var top = 0
  private var state = State.open

  private enum State: Equatable { case open, dismissed, recalled }

  /// Rows at most.
  static let rows = 8

  var isOpen: Bool { state == .open && !matches.isEmpty }

  /// The command that Enter and Tab mean; what is typed in full is meant itself.
  var chosen: SlashCommand? { isOpen && matches.indices.contains(selection) ? matches[selection] : nil }

  /// Closes it until another command is begun.
  mutating func dismiss() { state = .dismissed }

  /// The input was called back, not typed: Up and Down are to go on from there.
  mutating func recalled() { if state == .open { state = .recalled } }

  /// Something is typed: a list that only a recalled input closed opens again.
  mutating func typed() { if state == .recalled { state = .open } }

  /// Moves the selection, around the ends.
  mutating func move(by step: Int) {
    if !matches.isEmpty { selection = (selection + step + matches.count) % matches.count }
  }

  /// Looks at what is typed.
  mutating func settle(_ input: InputEditor) {
    let begun = Self.word(begunIn: input)
    if begun == word { return fit() }
    word = begun
    selection = 0
    guard let begun else {
      self = CommandList()
      return
    }
    matches = SlashCommand.all.filter { $0.names.contains { $0.hasPrefix(begun) } }
    // What is typed in full comes first.
    if let exact = matches.firstIndex(where: { $0.names.contains(begun) }) { matches.swapAt(0, exact) }
    fit()
  }

  private mutating func fit() {
    top = max(0, min(top, matches.count - Self.rows))
    if selection < top { top = selection }
    if selection >= top + Self.rows { top = selection - Self.rows + 1 }
  }

  /// The word after the slash, with the cursor at its end; nil where no command is being typed.
  private static func word(begunIn input: InputEditor) -> String? {
    guard input.content.lines.count == 1, input.isAtEnd, case let text = input.content.lines[0].text,
      text.utf8.first == UInt8(ascii: "/"), text.utf8.count <= 40, !text.contains(where: \.isWhitespace)
    else { return nil }
    let word = text.dropFirst()
    return word.first == "/" ? nil : word.lowercased()
  }
}

extension SlashCommand {
  /// All words for it.
  var names: [String] { [name.rawValue] + aliases }
}

/// Draws the list of commands over the end of the page.
enum CommandListView {
  /// Draws it above the row `bottom`.
  static func render(_ list: CommandList, into frame: inout Frame, above bottom: Int, theme: Theme) {
    guard list.isOpen else { return }
    let count = min(list.matches.count, CommandList.rows, max(0, bottom - 1))
    let columns = frame.size.columns
    let nameColumns = min(24, columns / 2)
    let shown = list.matches.indices.dropFirst(min(list.top, list.selection)).prefix(count)
    let first = shown.contains(list.selection) ? shown.lowerBound : list.selection - count + 1
    for (row, index) in zip(bottom - count..<bottom, max(0, first)..<list.matches.count) {
      let style = index == list.selection ? theme.selected : theme.plain
      frame.fill(rows: row..<row + 1, columns: 0..<columns, style: style)
      frame.put(" " + list.matches[index].usage, at: Position(column: 0, row: row), style: style, limit: nameColumns)
      frame.put(list.matches[index].help, at: Position(column: nameColumns + 1, row: row), style: style)
    }
  }
}
