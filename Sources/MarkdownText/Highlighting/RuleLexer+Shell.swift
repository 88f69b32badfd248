/// The words of a shell: what they are depends on where in a command they stand.
extension RuleLexer {
  /// Commands after which another one follows.
  private static let carriers = WordTable([(.function, "sudo env xargs time nohup exec command builtin doas nice")])
  /// Keywords after which no command follows.
  private static let plainKeywords = WordTable([
    (
      .keyword,
      "for case select function in export local readonly declare typeset return break continue unset source set shift trap fi done esac"
    )
  ])

  mutating func scanShell(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "{"), UInt8(ascii: "!"):
      cursor.position += 1
      expectsCommand = true
    case UInt8(ascii: "("), UInt8(ascii: ")"):
      expectsCommand = cursor.byte(at: cursor.position - 1) != UInt8(ascii: "(")
      scanPunctuation(byte)
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "="):
      cursor.position += 1
      expectsCommand = false
    case UInt8(ascii: "\\"):
      cursor.take(
        .escape,
        to: cursor.position + 1 < cursor.bytes.count ? cursor.scalarEnd(after: cursor.position + 1) : cursor.bytes.count
      )
    case _ where isShellWord(byte): scanShellWord()
    default: cursor.position += 1
    }
  }

  private func isShellWord(_ byte: UInt8) -> Bool { byte.isWord || "-./:@%+,~*?^".utf8.contains(byte) }

  private mutating func scanShellWord() {
    let start = cursor.position
    let name = cursor.end(from: start, while: \.isWord)
    let isWordStart = start == 0 || !isShellWord(cursor.byte(at: start - 1))
    let sign = cursor.byte(at: name) == UInt8(ascii: "+") ? name + 1 : name
    if isWordStart, name > start, !cursor.current.isDigit, cursor.byte(at: sign) == UInt8(ascii: "="),
      cursor.byte(at: sign + 1) != UInt8(ascii: "=")
    {
      cursor.take(.property, to: name)
      // The value belongs to it and is no command.
      cursor.position = cursor.end(from: sign + 1, while: isShellWord)
      return
    }
    cursor.position = cursor.end(from: start, while: isShellWord)
    let word = cursor.bytes[start..<cursor.position]
    if word.allSatisfy(\.isDigit) { return cursor.emit(.number, from: start) }
    if cursor.current == UInt8(ascii: "("), cursor.byte(at: cursor.position + 1) == UInt8(ascii: ")") {
      return cursor.emit(.function, from: start)
    }
    if word.first == UInt8(ascii: "-") { return scanOption(from: start) }
    if expectsIn, word.elementsEqual("in".utf8) {
      expectsIn = false
      return cursor.emit(.keyword, from: start)
    }
    guard expectsCommand else { return }
    scanCommand(word, from: start)
  }

  private mutating func scanOption(from start: Int) {
    if cursor.position - start > 1, !expectsCommand || cursor.byte(at: start + 1).isLetter {
      cursor.emit(.attribute, from: start)
    }
  }

  private mutating func scanCommand(_ word: ArraySlice<UInt8>, from start: Int) {
    if let kind = rules.words.kind(of: word) {
      cursor.emit(kind, from: start)
      expectsCommand = kind == .keyword && Self.plainKeywords.kind(of: word) == nil
      expectsIn = word.elementsEqual("for".utf8) || word.elementsEqual("case".utf8) || word.elementsEqual("select".utf8)
    } else if cursor.current == UInt8(ascii: ")"), state.frames.isEmpty {
      // A pattern of `case`.
      expectsCommand = false
    } else {
      cursor.emit(.function, from: start)
      expectsCommand = Self.carriers.kind(of: word) != nil
    }
  }
}
