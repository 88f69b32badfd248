import TerminalModel

/// Fenced and indented code: the language above it, then its lines, a little to the right.
extension BlockWriter {
  mutating func writeCode(_ code: CodeBlock) {
    flushLooseMarkers()
    let first = lines.count
    let indent = room >= Self.leastRoom + 2 ? 2 : room >= 4 ? 1 : 0
    if labelsCode, code.continues == nil { writeCodeLabel(code.language, indent: indent) }
    let text = code.shownText
    if !text.isEmpty {
      let looked = LookedText(code: text, highlighter: code.continues ?? CodeHighlighter(language: code.language))
      if options.wrapsCode { writeWrapped(looked, indent: indent) } else { writeWindow(of: looked, indent: indent) }
    }
    if lines.count == first { writeEmptyLine() }
    offset += text.utf8.count
  }

  private mutating func writeCodeLabel(_ language: String, indent: Int) {
    guard !language.isEmpty else { return }
    let limit = room - indent
    var label = ClippedText(language[...], columns: limit)
    if label.end < language.endIndex {
      label = ClippedText(language[...], columns: limit - 1)
      label.text += LayoutGlyphs.ellipsis
      label.columns += 1
    }
    let mark = Self.indentation(indent, mark: LayoutGlyphs.rule)
    let spans = mark + [TextLine.Span(label.text, TextLook(.codeLabel))]
    write(TextLine(spans, columns: indent + label.columns, offset: 0))
  }

  /// Long lines go on in the next one, which bears a mark.
  private mutating func writeWrapped(_ code: LookedText, indent: Int) {
    // Blanks are no better places to part code than others: `x =` would seem to be a line.
    let wrapper = TextWrapper(width: room - indent, text: code.text, keepsWords: false)
    var reader = LookedTextReader(code)
    var isCarriedOver = false
    for line in wrapper.lines {
      var laid = reader.line(line, width: wrapper.width)
      if !laid.spans.isEmpty || isCarriedOver {
        laid.spans.insert(
          contentsOf: Self.indentation(indent, mark: isCarriedOver ? LayoutGlyphs.carriedOver : nil), at: 0)
        laid.columns += indent
      }
      write(laid)
      isCarriedOver = !line.isParagraphEnd
    }
  }

  /// One line for each of the code's; what lies outside of the window is only hinted at.
  private mutating func writeWindow(of code: LookedText, indent: Int) {
    var reader = LookedTextReader(code)
    for range in code.text.lineRanges {
      let offset = reader.offset(at: range.lowerBound)
      let window = CodeWindow(
        code.text[utf8: range], start: options.sideways, columns: room - indent)
      var spans: [TextLine.Span] = []
      if window.columns > 0 || window.isCutLeft {
        spans += Self.indentation(indent, mark: window.isCutLeft ? LayoutGlyphs.cutLeft : nil)
      }
      if window.blanks > 0 { spans.append(.init(String(repeating: " ", count: window.blanks), TextLook(.code))) }
      let visible = range.lowerBound + window.range.lowerBound..<range.lowerBound + window.range.upperBound
      spans += reader.spans(in: visible, column: window.column)
      if window.isCutRight { spans.append(.init(window.rightMark, .ornament)) }
      let columns = spans.isEmpty ? 0 : indent + window.columns
      write(TextLine(spans, columns: columns, offset: offset))
    }
  }

  private static func indentation(_ columns: Int, mark: String?) -> [TextLine.Span] {
    guard columns > 0 else { return [] }
    let padding = String(repeating: " ", count: columns - (mark == nil ? 0 : 1))
    return [TextLine.Span((mark ?? "") + padding, .ornament)]
  }
}

extension CodeBlock {
  /// The text without its last line end, which begins no line.
  var shownText: String { text.withoutLineEnd }
}

extension LookedText {
  /// Code, highlighted where the language is known.
  fileprivate init(code: String, highlighter: CodeHighlighter?) {
    let plain = TextLook(.code)
    var highlighter = highlighter
    var end = 0
    // Without a highlighter all of it is what is left at the end.
    for range in highlighter == nil ? [] : code.lineRanges {
      for token in highlighter?.tokens(in: code[utf8: range]) ?? [] {
        let start = max(end, range.lowerBound + token.range.lowerBound)
        let stop = min(range.upperBound, range.lowerBound + token.range.upperBound)
        guard start < stop else { continue }
        append(code[utf8: end..<start], plain)
        append(code[utf8: start..<stop], TextLook(.token(token.kind)))
        end = stop
      }
    }
    append(code[utf8: end..<code.utf8.count], plain)
  }
}
