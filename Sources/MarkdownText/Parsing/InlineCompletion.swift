/// Closes what is open at the end of running text: emphasis, code, links. What is too short to be told is held back.
struct InlineCompletion {
  /// What has begun and has not ended.
  private enum Opening {
    case emphasis(UInt8, Int)
    /// The text of a link or an image; `isClosed`: its `]` came, and the target is being written.
    case link
  }

  private let text: [UInt8]
  private var openings: [Opening] = []
  /// Where the text is cut off, because more must come before it means anything.
  private var end: Int
  private var closing: [UInt8] = []

  /// Whether the last line may go on, so that its last character may be the beginning of something.
  private let goesOn: Bool

  /// The text with its end completed; `goesOn`: its last line is not over.
  static func complete(_ text: [UInt8], goesOn: Bool = true) -> [UInt8] {
    var completion = Self(text, goesOn: goesOn)
    completion.scan()
    return completion.completed()
  }

  private init(_ text: [UInt8], goesOn: Bool) {
    self.text = text
    self.goesOn = goesOn
    end = text.count
  }

  private mutating func scan() {
    var index = 0
    while index < end {
      switch text[index] {
      case UInt8(ascii: "\\"):
        if index + 1 == end { end = index }
        index += 2
      case UInt8(ascii: "`"): index = code(at: index)
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): index = delimiters(at: index)
      case UInt8(ascii: "["):
        if mayOpenLink(at: index) { openings.append(.link) }
        index += 1
      case UInt8(ascii: "]"): index = linkEnd(at: index)
      case UInt8(ascii: "<"): index = autolink(at: index)
      case UInt8(ascii: "&"), UInt8(ascii: "!"):
        if goesOn, isHalfEntity(at: index) || index + 1 == end { end = index }
        index += 1
      default: index += 1
      }
    }
  }

  /// Whether all that follows may be the beginning of `&amp;` or `&#65;`.
  private func isHalfEntity(at start: Int) -> Bool {
    let rest = text[(start + 1)..<end]
    guard text[start] == UInt8(ascii: "&"), rest.count <= Self.longestEntity else { return false }
    let isNumber = rest.first == UInt8(ascii: "#")
    return rest.dropFirst(isNumber ? 1 : 0).allSatisfy { isWord($0) && $0 < 0x80 }
  }

  /// Letters of the longest name.
  private static let longestEntity = 31

  private func run(at start: Int) -> Int {
    var index = start
    while index < end, text[index] == text[start] { index += 1 }
    return index - start
  }

  // MARK: - Code

  private mutating func code(at start: Int) -> Int {
    let length = run(at: start)
    var index = start + length
    while index < end {
      guard text[index] == text[start] else {
        index += 1
        continue
      }
      let other = run(at: index)
      if other == length { return index + length }
      if index + other == end, other < length {
        // The first marks of the end.
        end = index
        break
      }
      index += other
    }
    if text[(start + length)..<end].allSatisfy({ $0 == 0x20 || $0 == 0x0A }) {
      end = start
    } else {
      closing = Array(repeating: text[start], count: length)
      // A blank at the beginning is shown unless there is one at the end too, which there is going to be.
      if isSpace(text[start + length]) { closing.insert(0x20, at: 0) }
    }
    return text.count
  }

  // MARK: - Emphasis

  private mutating func delimiters(at start: Int) -> Int {
    let mark = text[start]
    var length = run(at: start)
    let after = start + length
    let isOpen = openings.contains { if case .emphasis(mark, _) = $0 { true } else { false } }
    if after >= end {
      // Half of a mark that ends or begins something; behind a word, `_` and `~` may be meant.
      if isOpen || start == 0 || isSpace(text[start - 1]) || mark != UInt8(ascii: "_") { end = start }
      return after
    }
    let opens = !isSpace(text[after]) && (start == 0 || !isPunctuation(text[after]) || !isWord(text[start - 1]))
    let closes = start > 0 && !isSpace(text[start - 1]) && (!isPunctuation(text[start - 1]) || !isWord(text[after]))
    if mark == UInt8(ascii: "~") {
      if length == 2 { if isOpen && closes { close(mark, 2) } else if opens { openings.append(.emphasis(mark, 2)) } }
      return after
    }
    if mark == UInt8(ascii: "_"), opens && closes { return after }
    if closes { while length > 0, let used = close(mark, length) { length -= used } }
    if opens && length > 0 { openings.append(.emphasis(mark, length)) }
    return after
  }

  /// Ends the innermost emphasis of the mark. Returns how many marks it took; nil where none is open.
  @discardableResult private mutating func close(_ mark: UInt8, _ length: Int) -> Int? {
    for index in openings.indices.reversed() {
      guard case .emphasis(mark, let open) = openings[index] else { continue }
      let used = min(2, open, length)
      openings.removeSubrange(index...)
      if open > used { openings.append(.emphasis(mark, open - used)) }
      return used
    }
    return nil
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  private func isWord(_ byte: UInt8) -> Bool { !isSpace(byte) && !isPunctuation(byte) }

  private func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  // MARK: - Links

  /// A bracket behind a word is an index rather than a link, and `[^1]` names a note.
  private mutating func mayOpenLink(at index: Int) -> Bool {
    if index + 1 == end {
      end = index > 0 && text[index - 1] == UInt8(ascii: "!") ? index - 1 : index
      return false
    }
    return text[index + 1] != UInt8(ascii: "^") && (index == 0 || !isWord(text[index - 1]))
  }

  private mutating func linkEnd(at index: Int) -> Int {
    guard let open = openings.lastIndex(where: { if case .link = $0 { true } else { false } }) else { return index + 1 }
    openings.removeSubrange((open + 1)...)
    guard index + 1 < end else {
      // The target is to come, if this is a link.
      end = index
      return index + 1
    }
    openings.removeLast()
    let isReference = text[index + 1] == UInt8(ascii: "[")
    guard isReference || text[index + 1] == UInt8(ascii: "(") else { return index + 1 }
    let close = isReference ? UInt8(ascii: "]") : UInt8(ascii: ")")
    var depth = 0
    for place in (index + 2)..<max(end, index + 2) {
      if text[place] == UInt8(ascii: "(") { depth += 1 }
      if text[place] == 0x0A && !isReference && place + 1 < end && text[place + 1] == 0x0A { return index + 1 }
      guard text[place] == close else { continue }
      if isReference || depth == 0 { return place + 1 }
      depth -= 1
    }
    openings.append(.link)
    let target = text[(index + 2)..<end].prefix { !isSpace($0) && $0 != UInt8(ascii: "<") }
    if !isReference && !target.isEmpty { linkTarget = Array(target) }
    end = index
    return text.count
  }

  /// As much of the target as came; a blank ends it, behind which a title begins.
  private var linkTarget: [UInt8] = []

  private mutating func autolink(at index: Int) -> Int {
    let rest = text[(index + 1)..<end]
    if rest.isEmpty || ["http://", "https://", "mailto:"].contains(where: { $0.utf8.starts(with: rest) }) {
      end = index
      return text.count
    }
    guard rest.starts(with: "http".utf8) || rest.starts(with: "mailto:".utf8) else { return index + 1 }
    guard !rest.contains(where: { isSpace($0) || $0 == UInt8(ascii: ">") }) else { return index + 1 }
    closing = [UInt8(ascii: ">")]
    return text.count
  }

  // MARK: - The end

  private func completed() -> [UInt8] {
    if end == text.count && openings.isEmpty && closing.isEmpty { return text }
    var shown = Array(text[..<min(end, text.count)])
    if openings.isEmpty && closing.isEmpty { return shown }
    // No mark closes anything behind a blank.
    while let last = shown.last, isSpace(last) { shown.removeLast() }
    // Marks within code would become one with those that close it.
    if let mark = closing.first, mark == UInt8(ascii: "`"), shown.last == mark { shown.append(0x20) }
    shown += closing
    var target = linkTarget
    for opening in openings.reversed() {
      switch opening {
      case .emphasis(let mark, let length): shown += Array(repeating: mark, count: length)
      case .link:
        shown += Array("](<".utf8) + target + Array(">)".utf8)
        target = []
      }
    }
    return shown
  }
}
