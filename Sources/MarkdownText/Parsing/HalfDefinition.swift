/// A definition of a link, `[label]: target "title"`, that is still being written. A whole one shows nothing, so half of one
/// does not either.
enum HalfDefinition {
  /// Where it begins in running text; nil where the text does not end in one. Only other definitions may be before it.
  static func start(in text: [UInt8]) -> Int? {
    var start = 0
    while start < text.count {
      guard let line = text[start...].firstIndex(of: 0x0A) else { return isHalf(text[start...]) ? start : nil }
      let isBare = line > start && behindLabel(text[start..<line])?.allSatisfy(isBlank) ?? false
      // The target may stand on the next line.
      if isBare { return isHalf(text[start...]) ? start : nil }
      guard isHalf(text[start..<line]) else { return nil }
      start = line + 1
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }

  /// What stands behind `[label]:`; nil where the line does not begin so.
  private static func behindLabel(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let label = line.drop(while: isBlank)
    guard label.first == UInt8(ascii: "["), let close = label.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let name = label[(label.startIndex + 1)..<close]
    guard !name.contains(UInt8(ascii: "[")), !name.allSatisfy(isBlank) else { return nil }
    let rest = label[(close + 1)...]
    return rest.first == UInt8(ascii: ":") ? rest.dropFirst() : nil
  }

  /// Whether it is a definition, or the beginning of one.
  private static func isHalf(_ line: ArraySlice<UInt8>) -> Bool {
    guard let rest = behindLabel(line) else { return false }
    let target = rest.drop(while: isBlank)
    let title = target.drop { !isBlank($0) }.drop(while: isBlank)
    guard let quote = title.first else { return true }
    let closes: [UInt8: UInt8] = [0x22: 0x22, 0x27: 0x27, 0x28: 0x29]
    guard let close = closes[quote] else { return false }
    let behind = title.dropFirst().drop { $0 != close }
    return behind.dropFirst().allSatisfy(isBlank)
  }
}
