/// Finds the end of a streamed JSON object or array, by its brackets only.
struct JSONEnd: Equatable, Sendable {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isClosed = false
  private var isBroken = false

  /// The last bracket is closed, and nothing but blanks came after it.
  var isComplete: Bool { isClosed && !isBroken }

  /// Takes the next bytes.
  mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes where !isBroken {
      if isInString {
        if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      if isClosed {
        isBroken = byte > 0x20
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        isClosed = depth <= 0
      default: break
      }
    }
  }
}
