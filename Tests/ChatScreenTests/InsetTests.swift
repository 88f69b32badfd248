import ChatModel
import TerminalModel
import TestSupport
import Testing

@testable import ChatScreen

/// Testing has a type of that name, too.
private typealias Attachment = ChatModel.Attachment

/// What stands for more than it shows: folded pastes, files.
@Suite struct InsetTests {
  private let long = (1...20).map { "line \($0)" }.joined(separator: "\n")

  private func typed(_ text: String, _ editor: InputEditor = InputEditor()) -> InputEditor {
    var editor = editor
    for character in text { editor.insert(character) }
    return editor
  }

  @Test func aLongPasteIsOneUnit() {
    var editor = typed("a ")
    let folded = editor.pasteFolding(long)
    #expect(folded)
    editor = typed(" b", editor)
    #expect(editor.text == "a \(long) b")
    for _ in 1...3 { editor.perform(.left) }
    #expect(editor.cursor == TextPosition(line: 0, offset: 2))
    editor.perform(.deleteForward)
    #expect(editor.text == "a  b")
    editor.perform(.undo)
    #expect(editor.text == "a \(long) b")
    editor.perform(.lineEnd)
    editor.perform(.killBlankWordBack)
    editor.perform(.killBlankWordBack)
    #expect(editor.text == "a ")
    editor.perform(.yank)
    #expect(editor.text == "a \(long) b")
  }

  @Test func aPathThatIsTypedBeforeItEndsThere() {
    var editor = InputEditor()
    _ = editor.pasteFolding(long)
    editor.perform(.lineStart)
    editor = typed("@a.md", editor)
    let path = editor.endMention(ticket: 1)
    #expect(path == "a.md")
    #expect(editor.text == "@a.md" + long)
  }

  @Test func itGoesWithTheKillsToTheNextMessage() {
    var editor = InputEditor()
    _ = editor.pasteFolding(long)
    editor.perform(.killToLineStart)
    var next = InputEditor(keepingKillsOf: editor)
    next.perform(.yank)
    #expect(next.text == long)
  }

  @Test func itIsAWordOfItsOwn() {
    var editor = typed("one ")
    _ = editor.pasteFolding(long)
    editor = typed("two", editor)
    editor.perform(.wordLeft)
    #expect(editor.cursor.offset == 8)
    editor.perform(.wordLeft)
    #expect(editor.cursor.offset == 4)
    editor.perform(.killWordForward)
    #expect(editor.text == "one two")
    editor.perform(.undo)
    editor.perform(.lineEnd)
    editor.perform(.killBlankWordBack)
    #expect(editor.text == "one \(long)")
    editor.perform(.killWordBack)
    #expect(editor.text == "one ")
  }

  @Test func itUnfoldsFromEitherSide() {
    for moves in [[], [EditorCommand.left]] {
      var editor = typed("x")
      _ = editor.pasteFolding(long)
      for move in moves { editor.perform(move) }
      let unfolded = editor.unfold()
      #expect(unfolded)
      #expect(editor.content.lines.count == 20 && editor.text == "x" + long)
      editor.perform(.undo)
      #expect(editor.content.lines.count == 1 && editor.text == "x" + long)
    }
  }

  @Test func shortPastesAreText() {
    var editor = InputEditor()
    let folded = editor.pasteFolding("one\ntwo")
    #expect(!folded && editor.content.lines.count == 2)
  }

  /// The scalars that stand for insets arrive as they came where a text has them.
  @Test func noScalarIsTakenForAnInset() {
    let odd = "a\u{E01F0}\u{301}b\u{E01F1}\u{E0FFF}c\u{E01F0}"
    #expect(InputEditor(odd).text == odd)
    var editor = InputEditor()
    _ = editor.pasteFolding(long)
    editor.paste(odd)
    editor.insert("\u{E01F2}")
    #expect(editor.text == long + odd + "\u{E01F2}")
    editor.setText(odd)
    #expect(editor.text == odd)
    #expect(typed(odd).text == odd)
  }

  @Test func labelsWrapAndAreCut() {
    var editor = typed("ab ")
    _ = editor.pasteFolding(long)
    for columns in 1...60 {
      _ = editor.fit(columns: columns, maximumRows: 8)
      let cell = editor.cursorCell
      #expect(cell.column <= max(1, columns - 1), "\(columns)")
    }
    _ = editor.fit(columns: 12, maximumRows: 8)
    #expect(editor.cursorCell == Position(column: 11, row: 1))
    editor.perform(.up)
    #expect(editor.cursor.offset <= 3)
  }

  /// Whatever is done to an editor with insets, its text is that of a plain one.
  @Test(arguments: [31, 32, 33] as [UInt64])
  func theTextIsThatOfAPlainEditor(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var folding = InputEditor()
    var plain = ""
    for step in 0..<400 {
      let isEnd = Bool.random(using: &random)
      folding.perform(isEnd ? .lineEnd : .lineStart)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        let text = (0..<12).map { "\(step).\($0) e\u{301}世" }.joined(separator: "\n")
        _ = folding.pasteFolding(text)
        plain = isEnd ? plain + text : text + plain
      case 1:
        let character = ["x", " ", "\u{301}", "世", "👩‍👩‍👧"].randomElement(using: &random) ?? "x"
        for character in character { folding.insert(character) }
        plain = isEnd ? plain + character : character + plain
      case 2: if folding.perform(.undo) { folding.perform(.redo) }
      default: _ = folding.fit(columns: Int.random(in: 3...40, using: &random), maximumRows: 4)
      }
      try #require(folding.text.unicodeScalars.elementsEqual(plain.unicodeScalars), "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: [
    ("@notes.md rest", "notes.md", 9), (#"@my\ notes.md x"#, "my notes.md", 13), (#"@"a b" c"#, "a b", 6),
    ("@", "", 1), (#"@"open end"#, "open end", 10), (#"@a\\b"#, #"a\b"#, 5),
  ])
  func paths(text: String, path: String, length: Int) {
    let mention = Mention(text[...])
    #expect(mention.path == path && mention.length == length)
    #expect(Mention(Mention.text(for: path)[...]).path == path)
  }

  @Test func onlyWhatIsTypedIsAPath() {
    #expect(typed("see @a.md").isInMention)
    #expect(!typed("mail a@b.c").isInMention)
    var pasted = InputEditor()
    pasted.paste("@a.md")
    #expect(pasted.mention == nil && InputEditor("@a.md").mention == nil)
    var set = InputEditor()
    set.setText("@a.md")
    #expect(set.mention == nil)
    var into = typed("@a")
    into.paste(".md")
    #expect(into.mention == nil)
    var undone = typed("@a.md")
    undone.perform(.killBlankWordBack)
    undone.perform(.undo)
    #expect(undone.mention == nil)
  }

  @Test func aQuestionComesBackWithItsFiles() {
    let files = [
      Attachment(name: "my notes.md", content: .text("x")),
      Attachment(name: "b.png", mediaType: "image/png", content: .image([1])),
    ]
    let question = Question(#"See @my\ notes.md, please"#, attachments: files)
    var editor = InputEditor()
    editor.setQuestion(question)
    #expect(editor.question.attachments == files)
    #expect(editor.text == #"See @my\ notes.md, please @b.png"#)
    editor.perform(.backspace)
    #expect(editor.question.attachments == [files[0]])
  }
}
