/// What a key does to the text under the cursor.
public enum EditorCommand: Hashable, Sendable {
  case left, right, up, down, wordLeft, wordRight, lineStart, lineEnd
  case newline, backspace, deleteForward
  case killWordBack, killBlankWordBack, killWordForward, killToLineEnd, killToLineStart, yank
  case undo, redo
}
