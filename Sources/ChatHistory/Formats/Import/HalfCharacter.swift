/// Halves of a pair of surrogates in JSON, such as `\ud83d` alone: they stand for no character.
enum HalfCharacter {
  /// Where the first one begins; nil where there is none.
  static func offset(in bytes: [UInt8]) -> Int? {
    var place = 0
    while let backslash = bytes[place...].firstIndex(of: UInt8(ascii: "\\")) {
      guard let unit = unit(at: backslash, in: bytes) else {
        // Another escape, whose second character may be a backslash.
        place = min(backslash + 2, bytes.count)
        continue
      }
      place = backslash + 6
      switch unit {
      case 0xD800..<0xDC00:
        guard let low = self.unit(at: place, in: bytes), (0xDC00..<0xE000).contains(low) else { return backslash }
        place += 6
      case 0xDC00..<0xE000: return backslash
      default: break
      }
    }
    return nil
  }

  /// The number of an escape such as `\u00e9`; nil for anything else.
  private static func unit(at offset: Int, in bytes: [UInt8]) -> UInt16? {
    guard offset + 6 <= bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u") else {
      return nil
    }
    return UInt16(String(decoding: bytes[offset + 2..<offset + 6], as: UTF8.self), radix: 16)
  }
}
