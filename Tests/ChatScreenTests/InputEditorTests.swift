import TerminalModel
import Testing

@testable import ChatScreen

@Suite struct InputEditorTests {
  private func editor(_ text: String, _ commands: EditorCommand...) -> InputEditor {
    var editor = InputEditor(text)
    for command in commands { editor.perform(command) }
    return editor
  }

  private func typed(_ text: String) -> InputEditor {
    var editor = InputEditor()
    for character in text { editor.insert(character) }
    return editor
  }

  @Test func movesAndDeletesByGrapheme() {
    var family = typed("a👩‍👩‍👧e\u{301}b")
    family.perform(.left)
    family.perform(.backspace)
    #expect(family.text == "a👩‍👩‍👧b")
    family.perform(.backspace)
    #expect(family.text == "ab")
    #expect(family.cursor == TextPosition(line: 0, offset: 1))
  }

  @Test func aCombiningMarkJoinsWhatIsBeforeIt() {
    var text = InputEditor("\u{301}x")
    text.perform(.lineStart)
    text.insert("e")
    #expect(text.text == "e\u{301}x")
    #expect(text.cursor.offset == 3)
  }

  @Test func lineEndsOfAnyKindAreOne() {
    var text = InputEditor()
    text.paste("a\r\nb\rc\nd")
    #expect(text.text == "a\nb\nc\nd")
  }

  @Test(arguments: [
    (EditorCommand.killWordBack, "one two-"), (.killBlankWordBack, "one "), (.killToLineStart, ""),
    (.killToLineEnd, "one two-three"), (.backspace, "one two-thre"),
  ])
  func kills(command: EditorCommand, expected: String) {
    #expect(editor("one two-three", command).text == expected)
  }

  @Test func killsGatherAndYankPutsThemBack() {
    let text = editor("one two three", .killBlankWordBack, .killBlankWordBack, .lineStart, .yank)
    #expect(text.text == "two threeone ")
  }

  @Test func aLineIsJoinedByKillingItsEnd() {
    #expect(editor("a\nb", .up, .lineEnd, .killToLineEnd).text == "ab")
    #expect(editor("a\nb", .lineStart, .killToLineStart).text == "ab")
    #expect(editor("a\nb", .up, .deleteForward).text == "ab")
  }

  @Test func undoGoesWordByWord() {
    var text = typed("one two  three")
    var steps: [String] = []
    while text.perform(.undo) { steps.append(text.text) }
    #expect(steps == ["one two  ", "one ", ""])
    while text.perform(.redo) { steps.append(text.text) }
    #expect(steps.suffix(3) == ["one ", "one two  ", "one two  three"])
  }

  @Test func erasingIsOneStepPerWordToo() {
    var text = InputEditor("one two")
    for _ in 0..<5 { text.perform(.backspace) }
    #expect(text.text == "on")
    text.perform(.undo)
    text.perform(.undo)
    #expect(text.text == "one two")
    #expect(text.isAtEnd)
  }

  @Test func clearingIsUndone() {
    var text = InputEditor("a\nb\nc")
    text.setText("")
    #expect(text.isEmpty)
    text.perform(.undo)
    #expect(text.text == "a\nb\nc")
  }

  @Test func backslashesInPairsAreText() {
    #expect(typed("a\\").endsInBackslash)
    #expect(!typed("a\\\\").endsInBackslash)
    #expect(!typed("a").endsInBackslash)
    var text = typed("a\\")
    text.replaceBackslashByNewline()
    #expect(text.text == "a\n")
  }

  @Test func upAndDownKeepTheColumn() {
    var text = InputEditor("a long line\nx\nanother one")
    _ = text.fit(columns: 40, maximumRows: 5)
    text.perform(.up)
    #expect(text.cursor == TextPosition(line: 1, offset: 1))
    text.perform(.up)
    #expect(text.cursor == TextPosition(line: 0, offset: 11))
    let moved = text.perform(.up)
    #expect(!moved)
    text.perform(.down)
    text.perform(.down)
    #expect(text.cursor == TextPosition(line: 2, offset: 11))
  }

  @Test func rowsCoverTheTextWithoutGaps() {
    let text = "The quick  brown fox, jumpsoverthelazydog你好世界 e\u{301} \tend "
    for columns in 1...30 {
      var editor = InputEditor(text)
      let rows = editor.fit(columns: columns, maximumRows: 100)
      #expect(editor.visibleRows(rows).joined() == text, "at \(columns) columns")
      for row in editor.visibleRows(rows) where columns > 5 {
        #expect(DisplayText.width(of: row) < columns, "at \(columns) columns")
      }
      let cell = editor.cursorCell
      #expect(cell.row == rows - 1)
    }
  }

  @Test func historyKeepsTheDraftAndChanges() {
    var history = InputHistory()
    history.add("one")
    history.add("two")
    history.add("two")
    #expect(history.entries == ["one", "two"])
    let draft = InputEditor("draft")
    var two = history.older(leaving: draft)
    two?.insert("!")
    let one = history.older(leaving: two ?? draft)
    #expect(one?.text == "one")
    let older = history.older(leaving: one ?? draft)
    #expect(older == nil)
    let changed = history.newer(leaving: one ?? draft)
    #expect(changed?.text == "two!")
    let last = history.newer(leaving: two ?? draft)
    #expect(last?.text == "draft")
    let none = history.newer(leaving: draft)
    #expect(none == nil)
  }
}
