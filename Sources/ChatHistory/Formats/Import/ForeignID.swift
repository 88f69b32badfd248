import ChatModel

/// Names for what other programs named, or nobody did: always the same for the same thing, so that a file which is taken in
/// twice doubles nothing. No name of a file gets in as it is: it may be anything.
enum ForeignID {
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// 26 characters, like the names of our own: 10 of the time where one is known for good, the others of the words.
  static func text(_ words: [String], at time: Timestamp?) -> String {
    var text: [UInt8] = []
    if let time {
      let milliseconds = UInt64(max(0, time.milliseconds))
      for shift in stride(from: 45, through: 0, by: -5) {
        text.append(alphabet[Int((milliseconds >> UInt64(shift)) & 31)])
      }
    }
    var round: UInt64 = 0
    while text.count < 26 {
      let hash = hash(words, round)
      for shift in stride(from: 0, to: 40, by: 5) { text.append(alphabet[Int((hash >> UInt64(shift)) & 31)]) }
      round += 1
    }
    return String(decoding: text.prefix(26), as: UTF8.self)
  }

  /// FNV-1a (Fowler, Noll, Vo), its bits mixed at the end as splitmix64 does.
  private static func hash(_ words: [String], _ round: UInt64) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ (round &* 0x9E37_79B9_7F4A_7C15)
    for word in words {
      for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      // No text holds this byte, so that words do not run into each other.
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
