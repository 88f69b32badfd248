/// A code fence at the top level that is being read: line by line, without a parser, in pieces of at most a window.
struct OpenFence: Equatable, Sendable {
  /// What one step takes from the source.
  struct Piece {
    var code: String
    /// Bytes of source, the closing line included.
    var consumed: Int
    var isClosed: Bool
  }

  let mark: FenceMark
  /// Where the piece begins in the source that is not taken as yet.
  private(set) var pieceStart: Int
  private(set) var isFirst = true
  private var startsLine = true
  private var highlighter: CodeHighlighter?

  init(_ mark: FenceMark, from start: Int) {
    self.mark = mark
    pieceStart = start
  }

  /// The next piece, where it is sure: up to the closing line, or a full window. Nil where more of the source is needed.
  func piece(of window: [UInt8], isFull: Bool) -> Piece? {
    let complete = SourceLines.complete(window)
    var start = 0
    while start < complete {
      let end = SourceLines.end(of: start, in: window)
      if start > 0 || startsLine, mark.isClosed(by: SourceLines.content(of: start, in: window)) {
        return Piece(code: mark.code(window[..<start], startsLine: startsLine), consumed: end, isClosed: true)
      }
      start = end
    }
    guard isFull else { return nil }
    let cut = complete > 0 ? complete : BlockCut.breakPlace(in: window)
    return Piece(code: mark.code(window[..<cut], startsLine: startsLine), consumed: cut, isClosed: false)
  }

  /// The code of the last piece. While more may come, a last line that may become the closing one is not shown.
  func lastPiece(_ tail: [UInt8], isEnded: Bool) -> String {
    var start = SourceLines.complete(tail)
    if isEnded, tail.last == 0x0D { start = tail.count }
    let last = SourceLines.content(of: start, in: tail)
    let isClosing = !last.isEmpty && (isEnded ? mark.isClosed(by: last) : mark.mayBeClosed(by: last))
    let isLine = start > 0 || startsLine
    return mark.code(isClosing && isLine ? tail[..<start] : tail[...], startsLine: startsLine)
  }

  /// The block of a piece.
  func block(_ code: String) -> CodeBlock {
    CodeBlock(language: mark.language, text: code, continues: isFirst ? nil : highlighter)
  }

  /// Goes on behind a piece.
  mutating func goOn(behind piece: Piece, at end: Int) {
    if isFirst { highlighter = CodeHighlighter(language: mark.language) }
    if highlighter != nil {
      for line in piece.code.split(separator: "\n", omittingEmptySubsequences: false).dropLast(
        piece.code.last == "\n" ? 1 : 0)
      {
        _ = highlighter?.tokens(in: line)
      }
    }
    if !piece.code.isEmpty { startsLine = piece.code.last == "\n" }
    isFirst = false
    pieceStart = end
  }
}
