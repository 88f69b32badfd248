/// What a sign in front makes of a name: attributes, variables, symbols, tags; and what lines begin with.
extension RuleLexer {
  /// `@name`, `#[…]`, `[[…]]`, `#include`, `#name`.
  mutating func scanAttribute(_ byte: UInt8) -> Bool {
    let start = cursor.position
    let next = cursor.byte(at: start + 1)
    switch byte {
    case UInt8(ascii: "@") where rules.hasAtAttributes && next.isLetter:
      cursor.take(.attribute, to: cursor.end(from: start + 1) { $0.isWord || $0 == UInt8(ascii: ".") })
    case UInt8(ascii: "#")
    where rules.hasHashAttributes && (next == 0x5B || next == 0x21 && cursor.byte(at: start + 2) == 0x5B):
      let open = next == 0x5B ? start + 1 : start + 2
      cursor.take(.attribute, to: matchingEnd(open: 0x5B, close: 0x5D, from: open) ?? open + 1)
    case UInt8(ascii: "[") where rules.hasSquareAttributes && next == byte && cursor.byte(at: start + 2).isLetter:
      guard let end = matchingEnd(open: 0x5B, close: 0x5D, from: start) else { return false }
      cursor.take(.attribute, to: end)
    case UInt8(ascii: "#") where rules.hasPreprocessor:
      guard cursor.end(from: 0, while: \.isBlank) == start else { return false }
      scanDirective()
    case UInt8(ascii: "#") where rules.hasHashWords && next.isLetter:
      cursor.take(.attribute, to: cursor.end(from: start + 1, while: \.isWord))
    default: return false
    }
    followsOperand = false
    return true
  }

  /// `#include <name>`: the word, and the name.
  private mutating func scanDirective() {
    let word = cursor.end(from: cursor.position + 1, while: \.isBlank)
    cursor.take(.attribute, to: cursor.end(from: word, while: \.isWord))
    let isImport = cursor.matches(Array("include".utf8), at: word) || cursor.matches(Array("import".utf8), at: word)
    guard isImport else { return }
    cursor.skipBlanks()
    guard cursor.current == 0x3C, let end = matchingEnd(open: 0x3C, close: 0x3E, from: cursor.position) else { return }
    cursor.take(.string, to: end)
  }

  /// `$name`, `${…}`, `@name`.
  mutating func scanVariable(_ byte: UInt8) -> Bool {
    if rules.isShell, byte == UInt8(ascii: "$"), cursor.byte(at: cursor.position + 1) == UInt8(ascii: "(") {
      cursor.take(.escape, to: cursor.position + 2)
      state.push(.interpolation(open: UInt8(ascii: "("), close: UInt8(ascii: ")"), depth: 0))
      expectsCommand = true
      return true
    }
    // `x::text` is a cast.
    if byte == UInt8(ascii: ":"), cursor.byte(at: cursor.position - 1) == byte { return false }
    guard let end = variableEnd(from: cursor.position) else { return false }
    cursor.take(.property, to: end)
    followsOperand = true
    expectsCommand = false
    return true
  }

  /// The place after the variable that begins at `start`; nil where none does.
  mutating func variableEnd(from start: Int) -> Int? {
    let sigil = cursor.byte(at: start)
    var index = start + 1
    while cursor.byte(at: index) == sigil, index - start < 2, sigil == UInt8(ascii: "@") { index += 1 }
    let next = cursor.byte(at: index)
    if next.isLetter { return cursor.end(from: index, while: \.isWord) }
    guard sigil == UInt8(ascii: "$") else { return nil }
    if next == UInt8(ascii: "{") { return matchingEnd(open: next, close: UInt8(ascii: "}"), from: index) ?? index + 1 }
    if next == UInt8(ascii: "("), rules.lineHead == .makefile {
      return matchingEnd(open: next, close: UInt8(ascii: ")"), from: index) ?? index + 1
    }
    if next.isDigit || (rules.isShell && "?!#@*$-".utf8.contains(next)) { return index + 1 }
    if rules.lineHead == .makefile, "@<^?*+%$".utf8.contains(next) { return index + 1 }
    return nil
  }

  /// `:name` where no value precedes it.
  mutating func scanSymbol() -> Bool {
    let start = cursor.position
    let before = cursor.byte(at: start - 1)
    guard cursor.byte(at: start + 1).isLetter, before != UInt8(ascii: ":"), !before.isWord else { return false }
    cursor.take(.constant, to: cursor.end(from: start + 1, while: \.isWord))
    followsOperand = true
    return true
  }

  /// `<name`, `</name`.
  mutating func scanTag() -> Bool {
    let start = cursor.position
    let isClosing = cursor.byte(at: start + 1) == UInt8(ascii: "/")
    let name = isClosing ? start + 2 : start + 1
    let before = cursor.byte(at: start - 1)
    guard rules.hasMarkup, cursor.byte(at: name).isLetter,
      isClosing || !(before.isWord || before == 0x29 || before == 0x5D)
    else { return false }
    let end = cursor.end(from: name) { $0.isWord || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    guard cursor.byte(at: end) != UInt8(ascii: ",") else { return false }
    cursor.take(.tag, to: end)
    followsOperand = true
    return true
  }

  // MARK: Beginnings of lines

  mutating func scanLineHead() {
    if rules.isShell {
      expectsCommand = !state.isContinued
      scanPrompt()
      return
    }
    guard state.frames.isEmpty else { return }
    switch rules.lineHead {
    case .none: return
    case .keys: scanKey()
    case .makefile: scanMakefileHead()
    case .attribute:
      let start = cursor.end(from: 0, while: \.isBlank)
      guard cursor.byte(at: start) == 0x5B, cursor.byte(at: start + 1).isUpper else { return }
      cursor.position = start
      cursor.take(.attribute, to: cursor.end(from: start + 1) { $0.isWord || $0 == UInt8(ascii: ".") })
    }
  }

  /// `[section]`, or the key before a `=` that comes before any quote.
  private mutating func scanKey() {
    cursor.skipBlanks()
    let start = cursor.position
    if cursor.current == 0x5B {
      let end = cursor.end(from: start) { $0 != 0x5D && $0 != 0x23 }
      guard cursor.byte(at: end) == 0x5D, !cursor.bytes[start..<end].contains(where: { $0 == 0x2C || $0 == 0x3D })
      else { return }
      // A line of an array, such as `["a", 1]` or `[1]`, is no section.
      guard cursor.byte(at: start + 1).isLetter || cursor.byte(at: start + 1) == 0x5B else { return }
      return cursor.take(.type, to: cursor.end(from: end) { $0 == 0x5D })
    }
    guard cursor.current.isWord else { return }
    let stop = cursor.end(from: start) { $0.isWord || $0 == 0x2E || $0 == 0x2D || $0 == 0x20 || $0 == 0x2F }
    guard cursor.byte(at: stop) == 0x3D else { return }
    var end = stop
    while end > start, cursor.byte(at: end - 1).isBlank { end -= 1 }
    cursor.take(.key, to: end)
  }

  /// `name =`, `target: …`.
  private mutating func scanMakefileHead() {
    guard cursor.current != 0x09, cursor.current.isLetter || cursor.current == 0x2E || cursor.current == 0x24 else {
      return
    }
    let end = cursor.end(from: 0) { !":=#\"'".utf8.contains($0) }
    let mark = cursor.byte(at: end)
    guard mark == 0x3A || mark == 0x3D else { return }
    let isAssignment = mark == 0x3D || cursor.byte(at: end + 1) == 0x3D
    var name = end
    while name > 0, cursor.byte(at: name - 1).isBlank || "?+!".utf8.contains(cursor.byte(at: name - 1)) { name -= 1 }
    let first = cursor.end(from: 0) { !$0.isBlank }
    if isAssignment, first < name { return }
    cursor.take(isAssignment ? .property : .function, to: name)
  }

  /// The prompt of a session: `$ `, `user@host:~$ `, `(venv) $ `, `PS C:\> `. Of a console only such lines are code.
  private mutating func scanPrompt() {
    guard state.frames.isEmpty, !state.isContinued else { return }
    let longest = rules.isConsole ? min(cursor.bytes.count, 80) : 3
    let start = cursor.end(from: 0, while: \.isBlank)
    for index in start..<max(longest, start) {
      let byte = cursor.byte(at: index)
      let isSign = byte == 0x24 || (rules.isConsole && (byte == 0x25 || byte == 0x3E || byte == 0x23))
      guard isSign, cursor.byte(at: index + 1) == 0x20 else { continue }
      guard index == start || rules.isConsole else { return }
      // Before the sign stands a name without a blank, `(venv)`, `[user@host dir]` or `PS`.
      let isPlain = index == start || !cursor.bytes[start..<index].contains(0x20)
      let isMarked = [0x28, 0x5B].contains(cursor.byte(at: start)) || cursor.matches([0x50, 0x53, 0x20], at: start)
      guard isPlain || isMarked else { break }
      return cursor.take(.meta, to: index + 1)
    }
    if rules.isConsole { cursor.position = cursor.bytes.count }
  }
}
