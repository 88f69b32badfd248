/// A text editor of several lines by grapheme, with readline's commands, undo and a kill buffer.
///
/// Rows of the screen are laid out only where the cursor is: a text of a megabyte is edited like one of a line.
public struct InputEditor: Equatable, Sendable {
  private(set) var content = EditorText()
  /// Where the next character goes.
  public private(set) var cursor = TextPosition()
  /// The column, in cells, that Up and Down try to keep; nil after any other command.
  private(set) var goalColumn: Int?
  private var history = UndoHistory()
  private var killed = ""
  private var wasKill = false
  /// The row of the screen that is the first shown, when there are more than fit.
  private(set) var top = EditorRow(line: 0, row: 0)
  /// Columns that rows are wrapped to; one less than the room, so that the cursor fits behind a full row.
  private(set) var wrapWidth = 79

  /// An empty editor.
  public init() {}

  /// An editor with a text, the cursor at its end.
  public init(_ text: String) {
    content = EditorText(text)
    cursor = content.end
  }

  /// An editor with a text that can put back what the other one deleted.
  init(_ text: String = "", keepingKillsOf other: InputEditor) {
    self.init(text)
    killed = other.killed
  }

  public var text: String { content.text }
  public var isEmpty: Bool { content.isEmpty }
  public var isAtEnd: Bool { cursor == content.end }

  /// Types a character.
  mutating func insert(_ character: Character) {
    replace(cursor..<cursor, with: String(character), kind: .typing)
  }

  /// Inserts a text whole, as one step of undo.
  mutating func paste(_ text: String) {
    if text.isEmpty { return }
    replace(cursor..<cursor, with: text, kind: .other)
  }

  /// Replaces everything, undoably.
  mutating func setText(_ text: String) {
    if content.isEmpty && text.isEmpty { return }
    replace(content.start..<content.end, with: text, kind: .other)
  }

  /// True when the text before the cursor ends in an odd number of backslashes and nothing follows: Enter then means a
  /// newline, and takes the last backslash's place.
  var endsInBackslash: Bool {
    guard isAtEnd, !content.isEmpty else { return false }
    let backslashes = content.lines[cursor.line].text.utf8.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
    return backslashes % 2 == 1
  }

  /// Turns the backslash before the cursor into a newline.
  mutating func replaceBackslashByNewline() {
    guard let start = content.before(cursor) else { return }
    replace(start..<cursor, with: "\n", kind: .other)
  }

  /// Does a command; false when there was nothing for it to do (Up on the first row, for one).
  @discardableResult
  mutating func perform(_ command: EditorCommand) -> Bool {
    let isKill = command.isKill
    defer { wasKill = isKill }
    switch command {
    case .up: return moveVertically(by: -1)
    case .down: return moveVertically(by: 1)
    case .left: return move(to: content.before(cursor))
    case .right: return move(to: content.after(cursor))
    case .wordLeft: return move(to: content.wordStart(before: cursor, isPart: Self.isWord))
    case .wordRight: return move(to: content.wordEnd(after: cursor, isPart: Self.isWord))
    case .lineStart: return move(to: TextPosition(line: cursor.line))
    case .lineEnd: return move(to: content.lineEnd(cursor.line))
    case .newline:
      replace(cursor..<cursor, with: "\n", kind: .other)
      return true
    case .backspace: return erase(from: content.before(cursor), to: cursor)
    case .deleteForward: return erase(from: cursor, to: content.after(cursor))
    case .killWordBack: return kill(from: content.wordStart(before: cursor, isPart: Self.isWord), to: cursor)
    case .killBlankWordBack:
      return kill(from: content.wordStart(before: cursor, isPart: { !$0.isWhitespace }), to: cursor)
    case .killWordForward: return kill(from: cursor, to: content.wordEnd(after: cursor, isPart: Self.isWord))
    case .killToLineEnd:
      let end = content.lineEnd(cursor.line)
      return kill(from: cursor, to: end == cursor ? content.after(cursor) : end)
    case .killToLineStart:
      let start = TextPosition(line: cursor.line)
      return kill(from: start == cursor ? content.before(cursor) : start, to: cursor)
    case .yank:
      paste(killed)
      return !killed.isEmpty
    case .undo: return undo()
    case .redo: return redo()
    }
  }

  /// Rows are to be wrapped to so many columns.
  mutating func setWrapWidth(_ columns: Int) { wrapWidth = columns }
  /// Another row is the first shown.
  mutating func setTop(_ row: EditorRow) { top = row }
  /// Lays out a line as far as `EditorLine.layOut` says.
  mutating func layOut(line: Int, rows: Int = .max, offset: Int = .max) {
    content.layOut(line: line, width: wrapWidth, rows: rows, offset: offset)
  }

  /// Moves by rows, keeping the column to return to.
  mutating func moveCursor(to position: TextPosition, goalColumn column: Int) {
    history.closeStep()
    cursor = position
    goalColumn = column
  }

  private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  private mutating func move(to target: TextPosition?) -> Bool {
    history.closeStep()
    goalColumn = nil
    guard let target, target != cursor else { return false }
    cursor = target
    return true
  }

  private mutating func erase(from start: TextPosition?, to end: TextPosition?) -> Bool {
    guard let start, let end, start < end else { return false }
    replace(start..<end, with: "", kind: start.line == end.line && end == cursor ? .erasing : .other)
    return true
  }

  private mutating func kill(from start: TextPosition?, to end: TextPosition?) -> Bool {
    guard let start, let end, start < end else { return false }
    let text = content.text(in: start..<end)
    // Kills in a row gather, in the order of the text.
    killed = wasKill ? (end == cursor ? text + killed : killed + text) : text
    replace(start..<end, with: "", kind: .other)
    return true
  }

  private mutating func replace(_ range: Range<TextPosition>, with text: String, kind: Edit.Kind) {
    let removed = range.isEmpty ? "" : content.text(in: range)
    let cursorBefore = cursor
    let end = content.replace(range, with: text)
    // What was inserted may have joined with a combining mark that follows it.
    cursor = content.aligned(end)
    goalColumn = nil
    wasKill = false
    history.record(
      Edit(
        kind: kind, at: range.lowerBound, removed: removed, removedEnd: range.upperBound, inserted: text,
        insertedEnd: end, cursorBefore: cursorBefore))
  }

  private mutating func undo() -> Bool {
    guard let edit = history.undo() else { return false }
    _ = content.replace(edit.at..<edit.insertedEnd, with: edit.removed)
    cursor = edit.cursorBefore
    goalColumn = nil
    return true
  }

  private mutating func redo() -> Bool {
    guard let edit = history.redo() else { return false }
    let end = content.replace(edit.at..<edit.removedEnd, with: edit.inserted)
    cursor = content.aligned(end)
    goalColumn = nil
    return true
  }
}

extension EditorCommand {
  fileprivate var isKill: Bool {
    switch self {
    case .killWordBack, .killBlankWordBack, .killWordForward, .killToLineEnd, .killToLineStart: true
    default: false
    }
  }
}
