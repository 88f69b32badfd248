/// The beginning of a here-document: `<<EOF`, `<<-'EOF'`, `<<~SQL`, `<<<EOT`.
struct HeredocStart {
  /// The line that ends the document.
  let mark: [UInt8]
  /// Its text has no escapes and variables.
  let isRaw: Bool
  /// The last line may be indented.
  let isIndented: Bool
  /// It cannot be taken for a shift: `<<~`, `<<-` or a quote.
  let isMarked: Bool
  /// The place after it.
  let end: Int

  /// What stands at the cursor's place; nil where it is no such beginning.
  init?(_ cursor: CodeCursor, _ kind: LanguageRules.Heredoc) {
    let arrow = Array((kind == .php ? "<<<" : "<<").utf8)
    var index = cursor.position
    guard cursor.matches(arrow, at: index) else { return nil }
    index += arrow.count
    var isIndented = kind == .php
    let sign = cursor.byte(at: index)
    if kind != .php, sign == UInt8(ascii: "-") || (kind == .ruby && sign == UInt8(ascii: "~")) {
      isIndented = true
      index += 1
    }
    if kind != .ruby { index = cursor.end(from: index, while: \.isBlank) }
    var quote = cursor.byte(at: index)
    if quote == UInt8(ascii: "\\"), kind == .shell { index += 1 }
    if quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") { index += 1 } else { quote = 0 }
    let start = index
    guard cursor.byte(at: start).isLetter, quote != 0 || kind != .ruby || cursor.byte(at: start).isUpper else {
      return nil
    }
    index = min(cursor.end(from: start, while: \.isWord), start + 100)
    while index > start, index < cursor.bytes.count, cursor.bytes[index] & 0xC0 == 0x80 { index -= 1 }
    mark = Array(cursor.bytes[start..<index])
    if quote != 0 {
      guard cursor.byte(at: index) == quote else { return nil }
      index += 1
    }
    isRaw = quote == UInt8(ascii: "'") || cursor.byte(at: start - 1) == UInt8(ascii: "\\")
    self.isIndented = isIndented
    isMarked = quote != 0 || (isIndented && kind != .php)
    end = index
  }
}
