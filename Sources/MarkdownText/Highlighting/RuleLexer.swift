/// Finds the tokens of a line by a language's rules. It goes through the line once: what looks ahead either is bounded or
/// gives up for the rest of the line, so that no input takes more than linear time.
struct RuleLexer {
  let rules: LanguageRules
  var cursor: CodeCursor
  var state: HighlightState

  /// What stands before is a value, so that `/` divides.
  var followsOperand = false
  /// What the next word is, after `func` or `class`.
  var definition: CodeToken.Kind?
  /// Shell: the next word is a command.
  var expectsCommand = true
  /// Shell: after `for` or `case`, `in` is a keyword.
  var expectsIn = false
  /// Documents that begin with the next line.
  private var heredocs: [HighlightState.Frame] = []
  /// A string that ends with its line goes on all the same.
  var isContinued = false
  /// Closing bytes that are known not to come any more in the line.
  private var missing: Set<UInt8> = []
  /// Where the string began that is being read, if in this line: it may turn out to be a key.
  var stringStart: Int?

  /// Words after which a name is defined.
  private static let definers = WordTable([
    (.function, "func fn def fun function sub proc macro"),
    (
      .type,
      "class struct enum interface trait protocol type extension impl actor object union module namespace record new"
    ),
  ])

  private init(rules: LanguageRules, cursor: CodeCursor, state: HighlightState) {
    self.rules = rules
    self.cursor = cursor
    self.state = state
  }

  /// Reads the rest of the line; `state` becomes that after it.
  static func scan(_ cursor: inout CodeCursor, _ state: inout HighlightState, _ rules: LanguageRules) {
    var lexer = RuleLexer(rules: rules, cursor: cursor, state: state)
    lexer.run()
    (cursor, state) = (lexer.cursor, lexer.state)
  }

  private mutating func run() {
    scanLineHead()
    while !cursor.isAtEnd {
      switch state.frames.last {
      case .comment(let depth): scanNestedComment(depth)
      case .string(let rule, let mark): scanString(rules.strings[rule], mark: mark)
      case .heredoc(let mark, let isRaw, let isIndented): scanHeredoc(mark, isRaw: isRaw, isIndented: isIndented)
      default: scanCode()
      }
    }
    finishLine()
  }

  private mutating func finishLine() {
    let open = state.frames.firstIndex { frame in
      if case .string(let rule, _) = frame { return !rules.strings[rule].isMultiLine }
      return false
    }
    if let open, !isContinued { state.frames.removeSubrange(open...) }
    for heredoc in heredocs.reversed() { state.push(heredoc) }
    state.isContinued = rules.isShell && cursor.bytes.last == UInt8(ascii: "\\")
  }

  // MARK: Code

  /// One token, or what lies between two.
  private mutating func scanCode() {
    let byte = cursor.current
    if byte.isBlank { return cursor.skipBlanks() }
    if rules.isSpecial[Int(byte)], scanSpecial(byte) { return }
    if rules.isShell { return scanShell(byte) }
    if byte.isLetter { return scanWord() }
    if byte.isDigit || (byte == UInt8(ascii: ".") && cursor.byte(at: cursor.position + 1).isDigit) {
      return scanNumber()
    }
    scanPunctuation(byte)
  }

  mutating func scanPunctuation(_ byte: UInt8) {
    let start = cursor.position
    cursor.position += 1
    followsOperand = byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    if byte != UInt8(ascii: ".") { definition = nil }
    guard case .interpolation(let open, let close, let depth) = state.frames.last else { return }
    if byte == close, depth == 0 {
      state.pop()
      cursor.emit(.escape, from: start)
    } else if byte == close || byte == open {
      let deeper = byte == open ? depth + 1 : depth - 1
      state.frames[state.frames.count - 1] = .interpolation(open: open, close: close, depth: deeper)
    }
  }

  /// What begins with a byte that some rule names. False: none of them holds.
  private mutating func scanSpecial(_ byte: UInt8) -> Bool {
    if scanStringStart(prefix: nil) || scanAttribute(byte) || scanCommentStart() { return true }
    switch byte {
    case UInt8(ascii: "'") where rules.hasAmbiguousQuote: scanQuote(from: cursor.position)
    case UInt8(ascii: "/") where rules.hasRegexes: return scanRegex()
    case UInt8(ascii: "<"): return scanHeredocStart() || scanTag()
    case UInt8(ascii: ":") where rules.hasSymbols: return scanSymbol()
    case UInt8(ascii: "`") where rules.isShell:
      cursor.take(.escape, to: cursor.position + 1)
      expectsCommand = true
    default:
      guard rules.sigils.contains(byte) else { return false }
      return scanVariable(byte)
    }
    return true
  }

  private mutating func scanCommentStart() -> Bool {
    let start = cursor.position
    guard rules.beginsComment[Int(cursor.current)] else { return false }
    if let nested = rules.nestedComment, cursor.matches(nested.open, at: start) {
      cursor.take(.comment, to: start + nested.open.count)
      state.push(.comment(depth: 1))
      return true
    }
    guard rules.lineComments.contains(where: { cursor.matches($0, at: start) }) else { return false }
    if rules.commentNeedsBlank, start > 0 {
      let before = cursor.byte(at: start - 1)
      guard before.isBlank || [";", "(", "|", "&"].contains(Character(Unicode.Scalar(before))) else { return false }
    }
    cursor.take(.comment, to: cursor.bytes.count)
    return true
  }

  private mutating func scanNestedComment(_ depth: Int) {
    guard let nested = rules.nestedComment else { return state.pop() }
    var depth = depth
    let start = cursor.position
    while !cursor.isAtEnd, depth > 0 {
      if cursor.matches(nested.close, at: cursor.position) {
        depth -= 1
        cursor.position += nested.close.count
      } else if cursor.matches(nested.open, at: cursor.position) {
        depth += 1
        cursor.position += nested.open.count
      } else {
        cursor.position += 1
      }
    }
    cursor.emit(.comment, from: start)
    state.pop()
    if depth > 0 { state.push(.comment(depth: depth)) }
  }

  /// Letters, digits, points and signs of an exponent. `1..2` and `1.max` end before the point.
  mutating func scanNumber() {
    let start = cursor.position
    let isHex = cursor.current == UInt8(ascii: "0") && cursor.byte(at: start + 1) | 0x20 == UInt8(ascii: "x")
    cursor.position = cursor.end(from: start + 1, while: { _ in false })
    while !cursor.isAtEnd {
      let byte = cursor.current
      let next = cursor.byte(at: cursor.position + 1)
      let before = cursor.byte(at: cursor.position - 1) | 0x20
      if byte.isWord && byte < 0x80 {
      } else if byte == UInt8(ascii: "."), next.isDigit || !(next.isLetter || next == byte || next == UInt8(ascii: "("))
      {
      } else if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"), next.isDigit,
        before == UInt8(ascii: isHex ? "p" : "e")
      {
      } else if byte == UInt8(ascii: "'"), rules.hasQuoteInNumbers, next.isHexDigit {
      } else {
        break
      }
      cursor.position += 1
    }
    cursor.emit(.number, from: start)
    followsOperand = true
  }

  // MARK: Words

  mutating func scanWord() {
    let start = cursor.position
    cursor.position = cursor.end(from: start) { $0.isWord || rules.wordBytes.contains($0) }
    let end = cursor.position
    if end - start <= 3 {
      if rules.hasAmbiguousQuote, end - start == 1, cursor.byte(at: start) == UInt8(ascii: "b"),
        cursor.current == UInt8(ascii: "'")
      {
        return scanQuote(from: start)
      }
      if scanStringStart(prefix: start..<end) { return }
    }
    let kind = kind(ofWord: start..<end)
    if let kind { cursor.emit(kind, from: start) }
    followsOperand = kind != .keyword
    definition = kind == .keyword ? Self.definers.kind(of: cursor.bytes[start..<end]) : nil
  }

  private mutating func kind(ofWord range: Range<Int>) -> CodeToken.Kind? {
    let word = cursor.bytes[range]
    let dot = UInt8(ascii: ".")
    let isDotted = cursor.byte(at: range.lowerBound - 1) == dot && cursor.byte(at: range.lowerBound - 2) != dot
    let next = cursor.byte(at: range.upperBound)
    if let keyMark = rules.keyMark, !isDotted {
      let after = cursor.end(from: range.upperBound, while: \.isBlank)
      if cursor.byte(at: after) == keyMark { return .key }
    }
    if let known = (isDotted ? rules.dottedWords : rules.words).kind(of: word) { return known }
    if rules.hasSymbols, next == UInt8(ascii: ":"), cursor.byte(at: range.upperBound + 1) != next, !followsOperand {
      return .constant
    }
    if let definition { return definition }
    if rules.hasBangCalls, next == UInt8(ascii: "!"), cursor.byte(at: range.upperBound + 1) != UInt8(ascii: "=") {
      cursor.position += 1
      return .function
    }
    return kind(ofName: word, isDotted: isDotted, isCalled: rules.hasCalls && next == UInt8(ascii: "("))
  }

  /// By the look of it: a call, a type, a constant.
  private func kind(ofName word: ArraySlice<UInt8>, isDotted: Bool, isCalled: Bool) -> CodeToken.Kind? {
    guard rules.capitalsMatter, word.first?.isUpper == true else {
      if isCalled { return .function }
      return rules.hasTypeSuffix && word.count > 2 && word.suffix(2) == [0x5F, 0x74] ? .type : nil
    }
    let isAllCapitals = word.count > 1 && !word.contains { $0.isLower || $0 >= 0x80 }
    if isCalled { return rules.capitalCallIsFunction || isDotted || isAllCapitals ? .function : .type }
    return isAllCapitals ? .constant : .type
  }

  // MARK: Looking ahead

  /// The place after the `close` that ends what begins with the `open` at the place; nil where the line has none, and then
  /// no later one in the line is looked for.
  mutating func matchingEnd(open: UInt8, close: UInt8, from start: Int) -> Int? {
    guard !missing.contains(close) else { return nil }
    var depth = 0
    for index in start..<max(cursor.bytes.count, start) {
      if cursor.bytes[index] == open { depth += 1 }
      if cursor.bytes[index] == close { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    missing.insert(close)
    return nil
  }

  /// `/…/flags` where a value is expected.
  private mutating func scanRegex() -> Bool {
    let slash = UInt8(ascii: "/")
    let start = cursor.position
    guard !followsOperand, !missing.contains(slash), !cursor.byte(at: start + 1).isBlank else { return false }
    var isInClass = false
    var index = start + 1
    while index < cursor.bytes.count {
      let byte = cursor.bytes[index]
      if byte == UInt8(ascii: "\\") {
        index += 1
      } else if byte == UInt8(ascii: "[") {
        isInClass = true
      } else if byte == UInt8(ascii: "]") {
        isInClass = false
      } else if byte == slash, !isInClass {
        cursor.take(.string, to: cursor.end(from: index + 1, while: \.isLower))
        followsOperand = true
        return true
      }
      index += 1
    }
    missing.insert(slash)
    return false
  }

  /// `<<EOF` and its like: the document begins with the next line.
  private mutating func scanHeredocStart() -> Bool {
    guard rules.heredoc != .none, let found = HeredocStart(cursor, rules.heredoc) else { return false }
    if rules.heredoc == .ruby, followsOperand, !found.isMarked { return false }
    heredocs.append(.heredoc(mark: found.mark, isRaw: found.isRaw, isIndented: found.isIndented))
    cursor.take(.string, to: found.end)
    followsOperand = true
    return true
  }
}
