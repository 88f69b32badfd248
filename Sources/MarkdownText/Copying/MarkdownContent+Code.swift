/// The blocks of code in a text, wherever they stand. To be asked after `update`.
extension MarkdownContent {
  /// How many blocks of code begin in a part: one where the part is code, more or none where it is a list or a quote.
  public func codeCount(inPart part: Int) -> Int {
    guard parts.indices.contains(part) else { return 0 }
    return parts[part].goesOnWithCode ? 0 : parts[part].block.codeCount
  }

  /// The pieces of a block of code, which is cut where it is very long; empty where there is no such block.
  public func code(_ number: Int, inPart part: Int) -> [CodeBlock] {
    guard number < codeCount(inPart: part) else { return [] }
    return (part...lastPart(ofCodeIn: part)).flatMap { index -> [CodeBlock] in
      if case .code(let code) = parts[index].block { return [code] }
      return Array(CodeCollector(parts[index].block).found.map(\.code)[number...number])
    }
  }

  /// The last part that a block of code, which begins in a part, reaches.
  public func lastPart(ofCodeIn part: Int) -> Int {
    guard case .code = parts[part].block else { return part }
    var last = part
    while last + 1 < parts.count, parts[last + 1].goesOnWithCode { last += 1 }
    return last
  }

  /// The lines of a block of code in the part that it begins in, its label with them. To be asked after `layOut`.
  public func lines(ofCode number: Int, inPart part: Int) -> Range<Int> {
    let lines = parts[part].lines
    var range = 0..<lines.count
    if case .code = parts[part].block {
      // All of them.
    } else {
      let found = CodeCollector(parts[part].block).found
      guard found.indices.contains(number) else { return 0..<0 }
      let offsets = found[number].offset...found[number].offset + found[number].code.shownText.utf8.count
      let first = lines.firstIndex { $0.offset >= offsets.lowerBound } ?? lines.count
      let end = lines[first...].firstIndex { $0.offset > offsets.upperBound } ?? lines.count
      range = first..<end
    }
    let start = range.first { !lines[$0].isBlank } ?? range.lowerBound
    return start..<range.upperBound
  }
}

extension MarkdownPart {
  fileprivate var goesOnWithCode: Bool {
    if case .code = block { isContinuation } else { false }
  }
}

extension MarkdownBlock {
  /// Blocks of code in it, at any depth.
  fileprivate var codeCount: Int {
    switch self {
    case .code: 1
    case .quote(let blocks): blocks.reduce(0) { $0 + $1.codeCount }
    case .list(let list): list.items.reduce(0) { $0 + $1.blocks.reduce(0) { $0 + $1.codeCount } }
    case .paragraph, .heading, .table, .rule, .html: 0
    }
  }
}

extension TextLine {
  /// Nothing stands on it but markers and bars.
  fileprivate var isBlank: Bool { spans.allSatisfy { $0.look == .ornament } }
}

/// Finds the blocks of code in a block, and where they begin in its plain text.
private struct CodeCollector {
  private(set) var found: [(code: CodeBlock, offset: Int)] = []
  private var offset = 0

  init(_ block: MarkdownBlock) { visit(block) }

  /// As `BlockLayout.plainText` joins the texts of blocks.
  private mutating func visit(_ blocks: [MarkdownBlock]) {
    for (index, block) in blocks.enumerated() {
      if index > 0 { offset += 1 }
      visit(block)
    }
  }

  private mutating func visit(_ block: MarkdownBlock) {
    switch block {
    case .code(let code):
      found.append((code, offset))
      offset += code.shownText.utf8.count
    case .quote(let blocks): visit(blocks)
    case .list(let list):
      for (index, item) in list.items.enumerated() {
        if index > 0 { offset += 1 }
        visit(item.blocks)
      }
    case .paragraph, .heading, .table, .rule, .html: offset += BlockLayout.plainText(of: block).utf8.count
    }
  }
}
