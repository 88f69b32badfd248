/// A place in a text file as editors count: lines and characters from 1.
struct TextPlace: CustomStringConvertible {
  var line: Int
  var column: Int

  /// The place of a byte.
  init(of offset: Int, in bytes: [UInt8]) {
    let before = bytes.prefix(offset)
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    column = String(decoding: before[start...], as: UTF8.self).unicodeScalars.count + 1
  }

  var description: String { "line \(line), column \(column)" }
}
