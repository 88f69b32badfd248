import TerminalModel

/// The keys and commands, as they are bound, over the transcript.
struct HelpPage: Equatable, Sendable {
  /// The first line shown.
  private(set) var top = 0
  private var rows = 1

  /// A key or command and what it does.
  struct Line: Equatable, Sendable {
    var name: String
    var meaning: String
  }

  /// All lines, made from the tables that hold.
  let lines: [Line]

  /// The page at its top.
  init(_ keys: KeyMap) {
    let commands = SlashCommand.all.map { Line(name: $0.usage, meaning: $0.help) }
    let isSending = keys.action(for: Key(.enter), in: .input) == .send
    let backslash = isSending ? [Line(name: "\\ Enter", meaning: "new line, when the line ends in a backslash")] : []
    lines = commands + backslash + keys.bindings.compactMap(Self.line)
  }

  /// An action that no key does is left out.
  private static func line(_ binding: Binding) -> Line? {
    guard let help = binding.help, !binding.places.isEmpty else { return nil }
    return Line(name: binding.mainSequences.prefix(2).map(\.label).joined(separator: ", "), meaning: help)
  }

  /// Scrolls.
  mutating func move(_ move: Action.MenuMove) {
    let page = max(1, rows - 1)
    switch move {
    case .up: top -= 1
    case .down: top += 1
    case .pageUp: top -= page
    case .pageDown: top += page
    case .first: top = 0
    case .last: top = lines.count
    }
    clamp()
  }

  /// Fits the page to its rows.
  mutating func settle(rows: Range<Int>) {
    self.rows = max(1, rows.count - 1)
    clamp()
  }

  private mutating func clamp() { top = max(0, min(top, lines.count - rows)) }
}

/// Draws the help.
enum HelpView {
  /// Draws the help over what it covers.
  static func render(_ page: HelpPage, _ keys: KeyMap, into frame: inout Frame, rows: Range<Int>, theme: Theme) {
    let columns = frame.size.columns
    frame.fill(rows: rows, columns: 0..<columns)
    guard let header = rows.first else { return }
    frame.put(String(repeating: "─", count: columns), at: Position(column: 0, row: header), style: theme.secondary)
    frame.put(" Keys and commands ", at: Position(column: 1, row: header), style: theme.strong)
    let moves = [Action.MenuMove.up, .down].compactMap { keys.label(of: .menu($0), in: .help) }.joined(separator: "/")
    let ways = [moves.isEmpty ? nil : moves + " scroll", keys.phrase(.escape, "leaves", in: .help)]
    let hint = " \(ways.compactMap { $0 }.joined(separator: " · ")) "
    let width = DisplayText.width(of: hint)
    if columns >= width + 22 {
      frame.put(hint, at: Position(column: columns - width, row: header), style: theme.secondary)
    }
    let nameColumns = min(26, columns / 2)
    for (row, line) in zip(rows.dropFirst(), page.lines.dropFirst(page.top)) {
      frame.put(line.name, at: Position(column: 0, row: row), style: theme.strong, limit: nameColumns - 1)
      frame.put(line.meaning, at: Position(column: nameColumns, row: row))
    }
    // What is typed goes to the input; the cursor stays there, unless the help covers it.
    if let cursor = frame.cursor, rows.contains(cursor.row) { frame.cursor = Position(column: 0, row: header) }
  }
}
