/// The lines of a piece of source, ended by `\n`, `\r\n` or `\r` as CommonMark has it.
enum SourceLines {
  /// Where the lines begin; a last empty line is none.
  static func starts(in bytes: [UInt8]) -> [Int] {
    var starts: [Int] = []
    var start = 0
    while start < bytes.count {
      starts.append(start)
      start = end(of: start, in: bytes)
    }
    return starts
  }

  /// Where the line that begins at `start` is over, its end included.
  static func end(of start: Int, in bytes: [UInt8]) -> Int {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A { return index }
      if byte == 0x0D { return index < bytes.count && bytes[index] == 0x0A ? index + 1 : index }
    }
    return index
  }

  /// A line without its end.
  static func content(of start: Int, in bytes: [UInt8]) -> ArraySlice<UInt8> {
    var end = end(of: start, in: bytes)
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return bytes[start..<end]
  }

  /// How much of a text are lines that are whole. A `\r` at the very end may be half a line end, unless nothing follows.
  static func complete(_ bytes: [UInt8]) -> Int {
    var end = bytes.count
    if bytes.last == 0x0D { end -= 1 }
    while end > 0, bytes[end - 1] != 0x0A && bytes[end - 1] != 0x0D { end -= 1 }
    return end
  }

  /// Nothing but blanks and tabs.
  static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}
