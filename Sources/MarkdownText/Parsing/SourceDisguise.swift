/// Takes the meaning from bytes that must not have it, before cmark sees them: the bracket of a line like `[^1]: text`, which
/// would vanish as a link definition; nesting deeper than anyone means; tables of hundreds of columns, whose empty cells
/// would take seconds.
///
/// A byte is replaced by a noncharacter, U+FDD0 and on, and put back when the text is read from the tree.
struct SourceDisguise {
  /// Containers that one line opens at most.
  static let maximumDepth = 40
  /// Columns of a table at most.
  static let maximumColumns = 128

  /// The marks that can be disguised, in the order of their noncharacters.
  private static let marks: [UInt8] = Array("[>-+*.)|".utf8)
  /// U+FDD8 stands for nothing: text behind it begins no block of another kind.
  static let guardMark: [UInt8] = [0xEF, 0xB7, 0x98]

  /// Whether texts of the tree may hold noncharacters of ours.
  private(set) var isUsed = false

  /// Says that the text was given a `guardMark`.
  mutating func usesGuard() { isUsed = true }

  /// The text with its disguises.
  mutating func hide(_ bytes: [UInt8]) -> [UInt8] {
    var hidden: [UInt8] = []
    var copied = 0
    var lineStart = 0
    while lineStart < bytes.count {
      let end = bytes[lineStart...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      for place in places(in: bytes[lineStart..<end]) {
        guard let mark = Self.marks.firstIndex(of: bytes[place]) else { continue }
        hidden += bytes[copied..<place]
        hidden += [0xEF, 0xB7, 0x90 + UInt8(mark)]
        copied = place + 1
      }
      lineStart = end + 1
    }
    guard copied > 0 else { return bytes }
    isUsed = true
    return hidden + bytes[copied...]
  }

  /// A text of the tree as it was written.
  func reveal(_ text: String) -> String {
    guard isUsed, text.utf8.contains(0xEF) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFDD0..<0xFDD8: shown.append(Unicode.Scalar(Self.marks[Int(scalar.value - 0xFDD0)]))
      case 0xFDD8: break
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// Indices of a line's bytes that are to be hidden.
  private func places(in line: ArraySlice<UInt8>) -> [Int] {
    var places: [Int] = []
    var containers = 0
    var index = line.startIndex
    scan: while index < line.endIndex {
      let byte = line[index]
      switch byte {
      case 0x20, 0x09: break
      case UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."),
        UInt8(ascii: ")"):
        containers += 1
        if containers > Self.maximumDepth { places.append(index) }
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: "["):
        if Self.looksLikeFootnote(line[index...]) { places.append(index) }
        break scan
      default: break scan
      }
      index += 1
    }
    // A thematic break or the underline of a heading is no nesting.
    if places.count > 1 && Self.isRule(line) { return [] }
    if let row = Self.tooWideDelimiterRow(line) { places.append(row) }
    return places
  }

  private static func looksLikeFootnote(_ rest: ArraySlice<UInt8>) -> Bool {
    guard rest.count > 4, rest[rest.startIndex + 1] == UInt8(ascii: "^") else { return false }
    guard let close = rest.prefix(1000).firstIndex(of: UInt8(ascii: "]")), close + 1 < rest.endIndex else {
      return false
    }
    return rest[close + 1] == UInt8(ascii: ":")
  }

  private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
    guard let mark = line.first(where: { $0 != 0x20 && $0 != 0x09 }), "-*".utf8.contains(mark) else { return false }
    return line.allSatisfy { $0 == mark || $0 == 0x20 || $0 == 0x09 }
  }

  /// The first `|` inside of a row of `|`, `-` and `:` with too many columns.
  private static func tooWideDelimiterRow(_ line: ArraySlice<UInt8>) -> Int? {
    guard line.count > maximumColumns else { return nil }
    var pipes = 0
    for byte in line {
      switch byte {
      case UInt8(ascii: "|"): pipes += 1
      case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: ">"), 0x20, 0x09: break
      default: return nil
      }
    }
    return pipes > maximumColumns ? line.dropFirst().firstIndex(of: UInt8(ascii: "|")) : nil
  }
}
