/// Strings, characters and here-documents.
extension RuleLexer {
  /// A string that begins at the place, or that the word before the place is the prefix of.
  mutating func scanStringStart(prefix: Range<Int>?) -> Bool {
    let start = cursor.position
    guard start < cursor.bytes.count else { return false }
    if prefix == nil, cursor.current == UInt8(ascii: "'"), !rules.hasStringsAfterWords,
      cursor.byte(at: start - 1).isWord
    {
      return false
    }
    let candidates = prefix == nil ? rules.plainStrings : rules.prefixedStrings
    for index in candidates[Int(cursor.current)] {
      let rule = rules.strings[index]
      if let prefix, !isPrefix(prefix, of: rule) { continue }
      guard let (mark, end) = openingEnd(of: rule, from: start) else { continue }
      if rule.isOnlyAtLineStart, start > 0 { continue }
      let begin = prefix?.lowerBound ?? start
      cursor.position = end
      cursor.emit(rule.kind, from: begin)
      guard !rule.close.isEmpty else { return true }
      stringStart = begin
      state.push(.string(rule: index, mark: mark))
      followsOperand = rule.kind == .string || followsOperand
      return true
    }
    return false
  }

  private func isPrefix(_ range: Range<Int>, of rule: StringRule) -> Bool {
    rule.prefixes.contains { prefix in
      prefix.count == range.count && zip(prefix, cursor.bytes[range]).allSatisfy { $0 == $1.lowered }
    }
  }

  /// The mark of the string that begins at `start`, and the place after its beginning.
  private func openingEnd(of rule: StringRule, from start: Int) -> (mark: [UInt8], end: Int)? {
    guard rule.open.isEmpty || cursor.matches(rule.open, at: start) else { return nil }
    let markStart = start + rule.open.count
    if rule.mark == .none { return rule.open.isEmpty ? nil : ([], markStart) }
    var index = markStart
    while index < cursor.bytes.count, index - markStart < StringRule.longestMark,
      mayMark(cursor.bytes[index], rule.mark)
    {
      index += 1
    }
    guard rule.openTail.isEmpty || cursor.matches(rule.openTail, at: index) else { return nil }
    return (Array(cursor.bytes[markStart..<index]), index + rule.openTail.count)
  }

  private func mayMark(_ byte: UInt8, _ mark: StringRule.Mark) -> Bool {
    switch mark {
    case .none: false
    case .repeated(let repeated): byte == repeated
    case .word: byte.isWord && byte < 0x80
    case .free: byte > 0x20 && byte < 0x7F && !"()\\\"[]".utf8.contains(byte)
    }
  }

  /// The rest of a string, up to its end, the line's, or a piece of code in it.
  mutating func scanString(_ rule: StringRule, mark: [UInt8]) {
    let close = rule.close + mark + rule.closeTail
    var start = cursor.position
    while !cursor.isAtEnd {
      if cursor.current == close[0], cursor.matches(close, at: cursor.position) {
        let end = cursor.position + close.count
        if rule.doublesClose, cursor.matches(close, at: end) {
          cursor.emit(rule.kind, from: start)
          cursor.take(.escape, to: end + close.count)
        } else {
          // Of four quotes, the last three end a string of three.
          let isTriple = close == [0x22, 0x22, 0x22]
          cursor.position = end
          for _ in 0..<2 where isTriple && cursor.current == close[0] { cursor.position += 1 }
          cursor.emit(rule.kind, from: start)
          return endString(rule)
        }
        start = cursor.position
      } else if scanInString(rule, mark: mark, from: &start) {
        if case .interpolation = state.frames.last { return }
      } else {
        cursor.position += 1
      }
    }
    cursor.emit(rule.kind, from: start)
  }

  private mutating func endString(_ rule: StringRule) {
    state.pop()
    followsOperand = rule.kind == .string
    let after = cursor.end(from: cursor.position, while: \.isBlank)
    if let keyMark = rules.keyMark, let stringStart, cursor.byte(at: after) == keyMark {
      cursor.change(from: stringStart, rule.kind, to: .key)
    }
    stringStart = nil
  }

  /// An escape, a variable or the beginning of code within a string. `start`: where its plain piece began, and begins anew.
  private mutating func scanInString(_ rule: StringRule, mark: [UInt8], from start: inout Int) -> Bool {
    let byte = cursor.current
    if scanInterpolation(rule, mark: mark, from: start) {
      start = cursor.position
      return true
    }
    if byte == rule.escape, !rule.escapeTakesMark || mark.isEmpty || cursor.matches(mark, at: cursor.position + 1) {
      cursor.emit(rule.kind, from: start)
      let escaped = cursor.position + 1 + (rule.escapeTakesMark ? mark.count : 0)
      if escaped >= cursor.bytes.count { isContinued = true }
      cursor.take(rule.kind == .string ? .escape : rule.kind, to: escapeEnd(from: escaped))
      start = cursor.position
      return true
    }
    if rule.doublesInterpolation, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}"),
      cursor.byte(at: cursor.position + 1) == byte
    {
      cursor.emit(rule.kind, from: start)
      cursor.take(.escape, to: cursor.position + 2)
      start = cursor.position
      return true
    }
    if rule.hasVariables, rules.sigils.contains(byte) || byte == UInt8(ascii: "$") {
      let plain = start
      let here = cursor.position
      guard let end = variableEnd(from: here) else { return false }
      cursor.emit(rule.kind, from: plain)
      cursor.take(.property, to: end)
      start = cursor.position
      return true
    }
    return false
  }

  /// Code within a string begins; what came before becomes a token.
  private mutating func scanInterpolation(_ rule: StringRule, mark: [UInt8], from start: Int) -> Bool {
    for interpolation in rule.interpolations where cursor.current == interpolation.open[0] {
      let open =
        rule.escapeTakesMark ? [interpolation.open[0]] + mark + interpolation.open.dropFirst() : interpolation.open
      guard cursor.matches(open, at: cursor.position), state.frames.count < HighlightState.deepest,
        let opening = Self.openings[interpolation.close]
      else { continue }
      if rule.doublesInterpolation, cursor.byte(at: cursor.position + 1) == opening { continue }
      cursor.emit(rule.kind, from: start)
      cursor.take(.escape, to: cursor.position + open.count)
      state.push(.interpolation(open: opening, close: interpolation.close, depth: 0))
      followsOperand = false
      expectsCommand = true
      return true
    }
    return false
  }

  private static let openings: [UInt8: UInt8] = [
    UInt8(ascii: ")"): UInt8(ascii: "("), UInt8(ascii: "}"): UInt8(ascii: "{"),
  ]

  /// The place after what an escape makes of the bytes from `start` on: one scalar, `x41`, `u0041`, `u{1F600}`.
  private func escapeEnd(from start: Int) -> Int {
    let byte = cursor.byte(at: start)
    guard start < cursor.bytes.count else { return start }
    guard byte == UInt8(ascii: "x") || byte | 0x20 == UInt8(ascii: "u") || byte == UInt8(ascii: "N") else {
      return cursor.scalarEnd(after: start)
    }
    var index = start + 1
    if cursor.byte(at: index) == UInt8(ascii: "{") {
      while index < cursor.bytes.count, index - start < 40, cursor.bytes[index] < 0x80 {
        if cursor.bytes[index] == UInt8(ascii: "}") { return index + 1 }
        if cursor.bytes[index] == UInt8(ascii: "\"") { break }
        index += 1
      }
      return start + 1
    }
    let digits = byte == UInt8(ascii: "x") ? 2 : byte == UInt8(ascii: "u") ? 4 : byte == UInt8(ascii: "U") ? 8 : 0
    while index - start <= digits, cursor.byte(at: index).isHexDigit { index += 1 }
    return index
  }

  /// `'a'` is a character, `'a` a name. `from`: where its prefix begins.
  mutating func scanQuote(from start: Int) {
    let quote = cursor.position
    let first = quote + 1
    followsOperand = true
    if cursor.byte(at: first) == UInt8(ascii: "\\"), first + 1 < cursor.bytes.count {
      let end = escapeEnd(from: first + 1)
      cursor.position = first
      cursor.emit(.string, from: start)
      cursor.take(.escape, to: end)
      if cursor.current == UInt8(ascii: "'") { cursor.take(.string, to: cursor.position + 1) }
      return
    }
    let end = cursor.scalarEnd(after: first)
    if first < cursor.bytes.count, cursor.byte(at: end) == UInt8(ascii: "'"),
      cursor.byte(at: first) != UInt8(ascii: "'")
    {
      cursor.position = end + 1
      return cursor.emit(.string, from: start)
    }
    cursor.position = cursor.end(from: first, while: \.isWord)
    if cursor.position > first { cursor.emit(.attribute, from: quote) }
  }

  /// A line of a here-document: its last one, or text. After code in it, the rest of the line.
  mutating func scanHeredoc(_ mark: [UInt8], isRaw: Bool, isIndented: Bool) {
    if cursor.position == 0 {
      let first = isIndented ? cursor.end(from: 0, while: \.isBlank) : 0
      let end = first + mark.count
      let isLast =
        rules.heredoc == .shell
        ? cursor.end(from: end, while: { $0 == 0x0D }) == cursor.bytes.count : !cursor.byte(at: end).isWord
      if cursor.matches(mark, at: first), isLast {
        state.pop()
        cursor.position = first
        cursor.take(.string, to: end)
        expectsCommand = true
        followsOperand = true
        return
      }
    }
    var start = cursor.position
    while !cursor.isAtEnd {
      if !isRaw, scanInString(rules.heredocRule, mark: [], from: &start) {
        if case .interpolation = state.frames.last { return }
      } else {
        cursor.position += 1
      }
    }
    cursor.emit(.string, from: start)
  }
}
