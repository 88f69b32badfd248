/// A place in a text file as editors count: lines and characters from 1.
struct TextPlace: CustomStringConvertible {
  var line: Int
  var column: Int

  /// The place of a byte.
  ///
  /// - Parameter start: the beginning of a line that is not behind it, and the number of that line.
  init(of offset: Int, in bytes: [UInt8], from start: (offset: Int, line: Int) = (0, 1)) {
    let before = bytes[start.offset..<max(start.offset, min(offset, bytes.count))]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? start.offset
    line = before.reduce(start.line) { $1 == 0x0A ? $0 + 1 : $0 }
    column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
  }

  var description: String { "line \(line), column \(column)" }
}
