/// A name for what is saved: 10 characters of the time in milliseconds and 16 of chance, as in ULID (Crockford's base 32,
/// lower-case here). Names of later things sort later; seven characters or so tell chats apart that began a minute apart.
enum SortableID {
  /// No i, l, o, u: they are taken for others.
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  static func make(at time: Timestamp, random: inout some RandomNumberGenerator) -> String {
    var text: [UInt8] = []
    let milliseconds = UInt64(max(0, time.milliseconds))
    for shift in stride(from: 45, through: 0, by: -5) { text.append(alphabet[Int(milliseconds >> UInt64(shift)) & 31]) }
    for _ in 0..<2 {
      let chance: UInt64 = random.next()
      for shift in stride(from: 0, to: 40, by: 5) { text.append(alphabet[Int((chance >> UInt64(shift)) & 31)]) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
