/// One change of an editor's text, enough to take it back and to do it again.
struct Edit: Equatable, Sendable {
  /// Typing joins with typing, erasing with erasing.
  enum Kind: Equatable, Sendable { case typing, erasing, other }
  var kind: Kind
  var at: TextPosition
  var removed: String
  /// Where `removed` ended before the change.
  var removedEnd: TextPosition
  var inserted: String
  /// Where `inserted` ends after the change.
  var insertedEnd: TextPosition
  var cursorBefore: TextPosition
}

/// What was changed and can be taken back. Typing and erasing count word by word, all else change by change.
struct UndoHistory: Equatable, Sendable {
  private var done: [Edit] = []
  private var undone: [Edit] = []
  /// False after the cursor moved: what is typed then is a step of its own.
  private var isOpen = false

  /// Older steps than this many are forgotten.
  private static let limit = 500

  /// Adds a change; what was taken back before it cannot be done again.
  mutating func record(_ edit: Edit) {
    undone.removeAll()
    defer { isOpen = edit.kind != .other }
    if isOpen, let last = done.indices.last, join(edit, to: last) { return }
    done.append(edit)
    if done.count > Self.limit { done.removeFirst(done.count - Self.limit) }
  }

  /// What is typed next is a step of its own.
  mutating func closeStep() { isOpen = false }

  /// The change to take back; nil when there is none.
  mutating func undo() -> Edit? {
    guard let edit = done.popLast() else { return nil }
    isOpen = false
    undone.append(edit)
    return edit
  }

  /// The change to do again; nil when there is none.
  mutating func redo() -> Edit? {
    guard let edit = undone.popLast() else { return nil }
    isOpen = false
    done.append(edit)
    return edit
  }

  private mutating func join(_ edit: Edit, to last: Int) -> Bool {
    guard done[last].kind == edit.kind else { return false }
    switch edit.kind {
    case .typing:
      guard edit.removed.isEmpty, done[last].insertedEnd == edit.at else { return false }
      let endsWord = done[last].inserted.last?.isWhitespace ?? false
      if endsWord && !(edit.inserted.first?.isWhitespace ?? false) { return false }
      done[last].inserted += edit.inserted
      done[last].insertedEnd = edit.insertedEnd
      return true
    case .erasing:
      guard edit.removedEnd == done[last].at, done[last].at.line == edit.at.line else { return false }
      let endsWord = done[last].removed.first?.isWhitespace ?? false
      if !endsWord && (edit.removed.last?.isWhitespace ?? false) { return false }
      done[last].removed = edit.removed + done[last].removed
      done[last].at = edit.at
      done[last].insertedEnd = edit.at
      return true
    case .other:
      return false
    }
  }
}
