/// Cuts a growing source into parts, and settles those that nothing which follows can change.
///
/// The source is parsed in windows that begin at the last unsettled block; every block of a window but its last is settled.
/// A block that fills its whole window is cut there. The code of a fence at the top level needs no parser at all. Where
/// is cut depends on the source's bytes alone, not on when they came.
struct SourceSettler: Equatable, Sendable {
  /// Bytes of a window; containers that cannot be cut well get up to four times as much.
  static let windowSize = 8192
  /// A tail that is shorter is not worth settling: it is parsed as a whole each time.
  private static let smallTail = 1024

  /// What a settled part came from, so that it can be parsed again when a link that it names is defined.
  private struct Origin: Equatable, Sendable {
    var range: Range<Int>
    var continuation: Continuation
  }

  /// The settled parts, and behind them those of the source's end.
  private(set) var parts: [MarkdownPart] = []
  private(set) var settledCount = 0
  /// Where the unsettled source begins, and where the next part's range does: blanks and definitions in between show nothing.
  private var cursor = 0
  private var partStart = 0
  private var continuation = Continuation.none
  private var fence: OpenFence?
  private var definitions = LinkDefinitions()
  /// Settled parts that name a link that is not defined as yet.
  private var waiting: [String: [Int]] = [:]
  /// Settled parts that are to be parsed again.
  private var stale: Set<Int> = []
  private var origins: [Int: Origin] = [:]
  private var size = windowSize
  /// Up to where the source was searched for settled blocks in vain.
  private var searched = 0
  /// Bytes that were parsed in all, which is what growing costs.
  private(set) var parsedBytes = 0
  /// The last update has left some of the source to the next one.
  private(set) var isBehind = false

  /// Takes up what the source has grown by, or a slice of it: about `limit` bytes taken or parsed. Returns whether its
  /// unsettled end defines links that settled parts name, which cannot be taken back.
  mutating func update(_ source: String.UTF8View, isEnded: Bool, limit: Int) -> Bool {
    let before = settledCount
    let shown = Array(parts[before...])
    parts.removeLast(shown.count)
    stretchLast(to: partStart)
    let start = spent
    isBehind = false
    while !isBehind, fence != nil ? settleFence(source) : settleWindow(source, all: isEnded) {
      isBehind = spent - start >= limit
    }
    settledCount = parts.count
    guard !isBehind else {
      stretchLast(to: source.count)
      return false
    }
    let tail = bytes(source, from: fence?.pieceStart ?? cursor, source.count)
    let endDefines = isEnded && learn(ending: tail)
    showEnd(tail, of: source.count, isEnded: isEnded)
    if isEnded { refreshAll(source, upTo: start + limit) }
    for (index, old) in zip(before..<parts.count, shown) { parts[index].takeLayout(of: old) }
    return endDefines
  }

  /// Bytes of the source that were taken and bytes that were parsed: what it has cost up to now.
  private var spent: Int { (fence?.pieceStart ?? cursor) + parsedBytes }

  private mutating func stretchLast(to end: Int) {
    if let last = parts.indices.last { parts[last].sourceRange = parts[last].sourceRange.lowerBound..<end }
  }

  /// Lays out one part.
  mutating func layOut(part: Int, _ source: String.UTF8View, _ options: LayoutOptions) {
    refresh(part, source)
    parts[part].layOut(options, isFirst: part == 0)
  }

  /// The parts of the unsettled source. What shows nothing at its end belongs to the last part.
  private mutating func showEnd(_ tail: [UInt8], of length: Int, isEnded: Bool) {
    defer { stretchLast(to: length) }
    if let fence {
      let code = fence.lastPiece(tail, isEnded: isEnded)
      guard fence.isFirst || !code.isEmpty else { return }
      parts.append(
        MarkdownPart(.code(fence.block(code)), sourceRange: partStart..<length, isContinuation: !fence.isFirst))
      return
    }
    guard !tail.isEmpty else { return }
    parsedBytes += tail.count
    let text = isEnded ? tail : StreamCompletion.complete(tail)
    let blocks = WindowParser(continuation: continuation, definitions: definitions).blocks(of: text)
    let starts = SourceLines.starts(in: tail)
    var start = partStart
    for (index, parsed) in blocks.enumerated() {
      let next = index + 1 < blocks.count ? blocks[index + 1].line : starts.count
      let end = next < starts.count ? cursor + starts[next] : length
      let isContinuation = index == 0 && continuation.kind == parsed.kind
      parts.append(MarkdownPart(parsed.block, sourceRange: start..<end, isContinuation: isContinuation))
      start = end
    }
  }

  /// At most `limit` bytes.
  private func bytes(_ source: String.UTF8View, from start: Int, _ limit: Int) -> [UInt8] {
    let begin = source.index(source.startIndex, offsetBy: start)
    let end = source.index(begin, offsetBy: limit, limitedBy: source.endIndex) ?? source.endIndex
    return Array(source[begin..<end])
  }

  // MARK: - Fences

  /// Goes on in an open fence. Returns whether there may be more to settle.
  private mutating func settleFence(_ source: String.UTF8View) -> Bool {
    guard var open = fence else { return false }
    let window = bytes(source, from: open.pieceStart, Self.windowSize)
    let isFull = window.count == Self.windowSize
    guard let piece = open.piece(of: window, isFull: isFull) else { return false }
    let end = open.pieceStart + piece.consumed
    if open.isFirst || !piece.code.isEmpty {
      add(.code(open.block(piece.code)), upTo: end, isContinuation: !open.isFirst)
    }
    cursor = end
    open.goOn(behind: piece, at: end)
    fence = piece.isClosed ? nil : open
    size = Self.windowSize
    continuation = .none
    return true
  }

  // MARK: - Windows

  private mutating func settleWindow(_ source: String.UTF8View, all: Bool) -> Bool {
    let window = bytes(source, from: cursor, size)
    let isFull = window.count == size
    let complete = SourceLines.complete(window)
    guard isFull || complete > 0 else { return false }
    if continuation.prefix.isEmpty, opensFence(window) { return true }
    if !isFull, cursor + complete == searched || !all && complete < Self.smallTail { return false }
    let hasWholeLines = complete > 0
    let lines = hasWholeLines ? Array(window[..<complete]) : window
    parsedBytes += lines.count
    let blocks = WindowParser(continuation: continuation, definitions: definitions).blocks(of: lines)
    if blocks.count > 1 {
      settle(blocks, of: lines)
      return true
    }
    guard isFull else {
      searched = cursor + complete
      return false
    }
    let mayGrow = size < 4 * Self.windowSize
    guard
      let cut = BlockCut(blocks.first, in: lines, hasWholeLines: hasWholeLines, after: continuation, mayGrow: mayGrow)
    else {
      size *= 2
      return true
    }
    settle(cut, of: lines)
    return true
  }

  /// A fence at the window's beginning is read without a parser.
  private mutating func opensFence(_ window: [UInt8]) -> Bool {
    var start = 0
    while start < window.count, SourceLines.isBlank(SourceLines.content(of: start, in: window)) {
      start = SourceLines.end(of: start, in: window)
    }
    guard start < SourceLines.complete(window) else { return false }
    guard let mark = FenceMark(SourceLines.content(of: start, in: window)) else { return false }
    fence = OpenFence(mark, from: cursor + SourceLines.end(of: start, in: window))
    return true
  }

  /// Settles all blocks but the last; of a larger window only the first, since others would have been cut at less.
  private mutating func settle(_ blocks: [ParsedBlock], of lines: [UInt8]) {
    let starts = SourceLines.starts(in: lines)
    let origin = cursor
    let mayDefine = LinkDefinitions.mayDefine(lines)
    let count = size > Self.windowSize ? 1 : blocks.count - 1
    for index in 0..<count {
      let next = origin + starts[min(blocks[index + 1].line, starts.count - 1)]
      if case .code = blocks[index].block, settleClosedFence(blocks[index], starts, lines, origin) {
        continuation = .none
        cursor = next
        continue
      }
      settle(blocks[index], Array(lines[(cursor - origin)..<(next - origin)]), upTo: next, isAlone: !mayDefine)
      cursor = next
    }
    size = Self.windowSize
  }

  /// A fence in the middle of a window ends with its closing line, as it does when it is read by itself.
  private mutating func settleClosedFence(
    _ parsed: ParsedBlock, _ starts: [Int], _ lines: [UInt8], _ origin: Int
  ) -> Bool {
    let line = starts[min(parsed.line, starts.count - 1)]
    guard let mark = FenceMark(SourceLines.content(of: line, in: lines)) else { return false }
    let code = SourceLines.end(of: line, in: lines)
    let open = OpenFence(mark, from: origin + code)
    guard let piece = open.piece(of: Array(lines[code...]), isFull: false) else { return false }
    add(.code(open.block(piece.code)), upTo: origin + code + piece.consumed, isContinuation: false)
    return true
  }

  private mutating func settle(_ cut: BlockCut, of lines: [UInt8]) {
    let piece = Array(lines[..<cut.offset])
    let blocks = WindowParser(continuation: continuation, definitions: definitions).blocks(of: piece)
    let next = cursor + cut.offset
    if let first = blocks.first {
      settle(first, piece, upTo: next, isAlone: true)
    } else {
      learn(definitions.take(from: piece, continuation))
    }
    continuation = cut.continuation
    cursor = next
    size = Self.windowSize
  }

  /// `isAlone`: nothing else in its window could have given the block a meaning.
  private mutating func settle(_ parsed: ParsedBlock, _ source: [UInt8], upTo end: Int, isAlone: Bool) {
    let isContinuation = continuation.kind == parsed.kind
    let origin = Origin(range: cursor..<end, continuation: continuation)
    learn(definitions.take(from: source, continuation))
    var block = parsed.block
    if source.contains(UInt8(ascii: "[")) {
      let index = parts.count
      let open = Set(LinkDefinitions.labels(in: source).map(\.name)).filter { !definitions.defines($0) }
      for label in open { waiting[label, default: []].append(index) }
      if !open.isEmpty { origins[index] = origin }
      if !isAlone || definitions != LinkDefinitions() {
        block =
          WindowParser(continuation: continuation, definitions: definitions).blocks(of: source).first?.block ?? block
      }
    }
    continuation = .none
    add(block, upTo: end, isContinuation: isContinuation)
  }

  private mutating func add(_ block: MarkdownBlock, upTo end: Int, isContinuation: Bool) {
    parts.append(MarkdownPart(block, sourceRange: partStart..<end, isContinuation: isContinuation))
    partStart = end
  }

  // MARK: - Links that are defined later

  /// Parses stale parts again, as many as the limit allows. Each costs some, however short it is.
  private mutating func refreshAll(_ source: String.UTF8View, upTo limit: Int) {
    for (count, part) in stale.sorted().enumerated() {
      isBehind = spent + 128 * count >= limit
      if isBehind { return }
      refresh(part, source)
    }
  }

  /// Parts that wait for one of these labels are to be parsed again.
  private mutating func learn(_ labels: [String]) {
    for label in labels { stale.formUnion(waiting.removeValue(forKey: label) ?? []) }
  }

  /// Takes the definitions of the unsettled end of a text that is over. Returns whether there are any.
  private mutating func learn(ending tail: [UInt8]) -> Bool {
    guard fence == nil else { return false }
    let labels = definitions.take(from: tail, continuation)
    learn(labels)
    return !labels.isEmpty
  }

  /// Parses a stale part again, for the links that it names.
  mutating func refresh(_ part: Int, _ source: String.UTF8View) {
    guard stale.contains(part), stale.remove(part) != nil, let origin = origins[part] else { return }
    let window = bytes(source, from: origin.range.lowerBound, origin.range.count)
    parsedBytes += window.count
    let parser = WindowParser(continuation: origin.continuation, definitions: definitions)
    guard let block = parser.blocks(of: window).first?.block else { return }
    let old = parts[part]
    parts[part] = MarkdownPart(block, sourceRange: old.sourceRange, isContinuation: old.isContinuation)
  }
}
