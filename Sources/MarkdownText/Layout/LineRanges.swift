extension String {
  /// The UTF-8 offsets of the lines without their ends, which are `\n`, `\r\n` or `\r`; at least one line.
  var lineRanges: [Range<Int>] {
    var text = self
    var ranges: [Range<Int>] = []
    text.withUTF8 { bytes in
      var start = 0
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        guard byte == 0x0A || byte == 0x0D else {
          index += 1
          continue
        }
        ranges.append(start..<index)
        index += byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
        start = index
      }
      ranges.append(start..<bytes.count)
    }
    return ranges
  }
}
