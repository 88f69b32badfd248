import MarkdownText
import TerminalModel

/// What a selected thing is, and its text.
struct SelectedText: Equatable, Sendable {
  /// What it is, in a word: `code`, `answer`.
  var kind: String
  /// More of it: the language, the tool's name; empty where there is none.
  var detail = ""
  /// In a sentence: `swift`, `the answer`.
  var phrase: String
  /// The pieces of its text, and the line ends between them.
  var pieces: [String]
  var gap = 0
  /// Whether it is Markdown, of which more may come.
  var isMarkdown = false
  var isGrowing = false
  /// Whether it opens and folds.
  var isFoldable = false

  /// The text, without line ends at its end.
  func text(_ form: Action.CopyForm) -> String {
    var text = pieces.joined(separator: String(repeating: "\n", count: gap))
    while let last = text.utf8.last, last == 0x0A || last == 0x0D { text.unicodeScalars.removeLast() }
    return isMarkdown && form == .plain ? MarkdownPlainText.text(of: text, isEnded: !isGrowing) : text
  }

  /// What was done to the text, after a verb: `12 lines of swift (340 characters)`.
  func account(of text: String, _ form: Action.CopyForm) -> String {
    let lines = text.utf8.count { $0 == 0x0A } + 1
    let characters = text.count
    let manner = isMarkdown && form == .plain ? " as text" : ""
    return "\(Self.count(lines, "line")) of \(phrase)\(manner) (\(Self.count(characters, "character")))"
  }

  /// A number of things: `1 line`, `2 lines`.
  static func count(_ number: Int, _ name: String) -> String { "\(number) \(name)\(number == 1 ? "" : "s")" }
}

/// Counts the lines of a text that grows: what was counted once is not looked at again.
struct LineTally: Equatable, Sendable {
  private struct Piece: Equatable, Sendable {
    var bytes = 0
    var ends = 0
  }

  private var pieces: [Piece] = []

  /// The lines of a text; empty lines at its end do not count.
  mutating func lines(of text: SelectedText) -> Int {
    var ends = 0
    for (index, source) in text.pieces.enumerated() {
      if index == pieces.count { pieces.append(Piece()) }
      if source.utf8.count < pieces[index].bytes { pieces[index] = Piece() }
      let new = source.utf8.dropFirst(pieces[index].bytes)
      pieces[index].ends += new.count { $0 == 0x0A }
      pieces[index].bytes = source.utf8.count
      ends += pieces[index].ends
    }
    let last = text.pieces.last ?? ""
    let hanging = last.utf8.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count { $0 == 0x0A }
    let isEmpty = text.pieces.allSatisfy { $0.utf8.allSatisfy { $0 == 0x0A || $0 == 0x0D } }
    return isEmpty ? 0 : ends - hanging + 1 + max(0, text.pieces.count - 1) * text.gap
  }
}

extension Transcript {
  /// What a selected thing is; nil where it is gone.
  mutating func text(of selected: Selected) -> SelectedText? {
    guard let index = index(of: selected), holds(selected) else { return nil }
    guard let block = selected.block else { return items[index].text(isGrowing: items[index].isRunning) }
    let chosen = items[index].blocks[block]
    guard let part = selected.part else {
      if chosen.kind == .reasoning {
        return SelectedText(kind: "reasoning", phrase: "reasoning", pieces: [chosen.content.source], isFoldable: true)
      }
      if chosen.kind == .toolOutput {
        return SelectedText(
          kind: "tool's answer", phrase: "the tool's answer", pieces: [chosen.content.source], isFoldable: true)
      }
      let line = block > 0 ? items[index].blocks[block - 1].content.source : ""
      let tool = line.hasPrefix(TranscriptItem.toolSign) ? String(line.dropFirst(TranscriptItem.toolSign.count)) : line
      return SelectedText(kind: "arguments", detail: tool, phrase: "arguments", pieces: [chosen.content.source])
    }
    let code = chosen.content.markdown.code(selected.number, inPart: part)
    let language = code.first?.language ?? ""
    return SelectedText(
      kind: "code", detail: language, phrase: language.isEmpty ? "code" : language, pieces: code.map(\.text))
  }
}

extension TranscriptItem {
  /// The text that one means by a message: what was said; where nothing was, what stands in its place.
  fileprivate func text(isGrowing: Bool) -> SelectedText {
    func sources(_ kinds: [TranscriptBlock.Kind]) -> [String] {
      blocks.filter { kinds.contains($0.kind) && !$0.content.isEmpty }.map(\.content.source)
    }
    if kind == .user {
      return SelectedText(kind: "your message", phrase: "your message", pieces: sources([.message]))
    }
    let said = sources([.text, .refusal])
    if !said.isEmpty || isGrowing {
      return SelectedText(
        kind: "answer", phrase: "the answer", pieces: said, gap: 2, isMarkdown: true, isGrowing: isGrowing)
    }
    let calls = sources([.toolName, .toolArguments])
    if !calls.isEmpty { return SelectedText(kind: "tool call", phrase: "the tool call", pieces: calls, gap: 1) }
    let errors = sources([.mark, .problem, .problemDetail])
    if !errors.isEmpty { return SelectedText(kind: "error", phrase: "the error", pieces: errors, gap: 1) }
    return SelectedText(kind: "answer", phrase: "the answer", pieces: [])
  }
}
