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
  /// Where the @ of a path stands that is being typed.
  private(set) var mentionStart: TextPosition?
  /// The text begins with a `!`, and all of it was typed.
  private(set) var isTypedCommand = false
  /// The row of the screen that is the first shown, when there are more than fit.
  private(set) var top = EditorRow(line: 0, row: 0)
  /// Columns that rows are wrapped to; one less than the room, so that the cursor fits behind a full row.
  private(set) var wrapWidth = 79

  /// An empty editor.
  public init() {}

  /// An editor with a text, the cursor at its end.
  public init(_ text: String) {
    content.insets = Insets()
    let text = content.insets.admit(text)
    _ = content.replace(content.start..<content.start, with: text)
    cursor = content.end
  }

  /// An editor with a text that can put back what the other one deleted.
  init(_ text: String = "", keepingKillsOf other: InputEditor) {
    if !other.content.insets.present(in: other.killed).isEmpty { content.insets = other.content.insets }
    killed = other.killed
    let text = content.insets.admit(text)
    _ = content.replace(content.start..<content.start, with: text)
    cursor = content.end
  }

  /// With what its insets stand for.
  public var text: String { content.insets.expanded(content.text) }
  public var isEmpty: Bool { content.isEmpty }
  public var isAtEnd: Bool { cursor == content.end }

  /// Types a character.
  mutating func insert(_ character: Character) {
    let place = cursor
    if content.isEmpty, character == "!" { isTypedCommand = true }
    let startsMention = character == "@" && !isTypedCommand && isWordStart(place)
    replace(place..<place, with: content.insets.admit(String(character)), kind: .typing)
    if startsMention { mentionStart = place }
  }

  /// Inserts a text whole, as one step of undo.
  mutating func paste(_ text: String) {
    if text.isEmpty { return }
    forgetTyping()
    replace(cursor..<cursor, with: content.insets.admit(text), kind: .other)
  }

  /// Replaces everything, undoably.
  mutating func setText(_ text: String) {
    if content.isEmpty && text.isEmpty { return }
    forgetTyping()
    replace(content.start..<content.end, with: content.insets.admit(text), kind: .other)
  }

  /// What stands there was not all typed from now on.
  mutating func forgetTyping() {
    mentionStart = nil
    isTypedCommand = false
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
      if killed.isEmpty { return false }
      forgetTyping()
      put(killed)
      return true
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
    if let start = mentionStart, range.lowerBound <= start || (kind == .other && !text.isEmpty) { mentionStart = nil }
    let removed = range.isEmpty ? "" : content.text(in: range)
    let cursorBefore = cursor
    let end = content.replace(range, with: text)
    // What was inserted may have joined with a combining mark that follows it.
    cursor = content.aligned(end)
    goalColumn = nil
    wasKill = false
    if isTypedCommand, content.lines[0].text.utf8.first != UInt8(ascii: "!") { isTypedCommand = false }
    history.record(
      Edit(
        kind: kind, at: range.lowerBound, removed: removed, removedEnd: range.upperBound, inserted: text,
        insertedEnd: end, cursorBefore: cursorBefore))
  }

  /// Replaces what may lie anywhere; the cursor stays where it is in the text.
  mutating func replaceInPlace(_ range: Range<TextPosition>, with text: String) {
    let before = cursor
    replace(range, with: text, kind: .other)
    let end = cursor
    if before <= range.lowerBound {
      cursor = before
    } else if before >= range.upperBound {
      let isSameLine = before.line == range.upperBound.line
      cursor = TextPosition(
        line: before.line + end.line - range.upperBound.line,
        offset: isSameLine ? end.offset + before.offset - range.upperBound.offset : before.offset)
    }
    history.closeStep()
  }

  /// Inserts what may hold insets of this editor.
  mutating func put(_ text: String) { replace(cursor..<cursor, with: text, kind: .other) }

  /// No path is being typed any more.
  mutating func forgetMention() { mentionStart = nil }

  /// Replaces the path that is being typed by another, which goes on; the cursor is behind it.
  mutating func replaceMention(_ range: Range<TextPosition>, with text: String) {
    replace(range, with: admitted(text), kind: .other)
    mentionStart = range.lowerBound
  }

  /// A text from outside, as the text may hold it.
  mutating func admitted(_ text: String) -> String { content.insets.admit(text) }

  /// Adds an inset to those that the text may hold; nil when there are too many.
  mutating func register(_ inset: Inset) -> Character? { content.insets.add(inset) }

  /// Tells what an inset stands for from now on.
  mutating func settle(_ character: Character, as inset: Inset) { content.settle(character, as: inset) }

  private mutating func undo() -> Bool {
    guard let edit = history.undo() else { return false }
    forgetTyping()
    _ = content.replace(edit.at..<edit.insertedEnd, with: edit.removed)
    cursor = edit.cursorBefore
    goalColumn = nil
    return true
  }

  private mutating func redo() -> Bool {
    guard let edit = history.redo() else { return false }
    forgetTyping()
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
