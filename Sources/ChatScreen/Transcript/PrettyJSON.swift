/// Lays JSON out over lines, two blanks a level. Only what stands between the values changes: keys keep their order, numbers
/// and strings stay as they were written.
struct PrettyJSON {
  private enum Expected { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing }

  /// Deeper nesting would be more blanks than text.
  private static let depthLimit = 64

  private let bytes: [UInt8]
  private var position = 0
  private var output: [UInt8] = []
  /// The brackets that are open.
  private var open: [UInt8] = []
  private var expected = Expected.value

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The text laid out; nil when it is no JSON (RFC 8259), or is nested too deeply.
  static func text(_ text: String) -> String? {
    var layout = PrettyJSON(text)
    return layout.run() ? String(decoding: layout.output, as: UTF8.self) : nil
  }

  private mutating func run() -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      if [0x20, 0x0A, 0x0D, 0x09].contains(byte) {
        position += 1
      } else if !take(byte) {
        return false
      }
    }
    return expected == .nothing
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return close(byte)
    case UInt8(ascii: ","):
      guard expected == .commaOrEnd else { return false }
      put(byte)
      expected = open.last == UInt8(ascii: "{") ? .key : .value
      startLine()
      return true
    case UInt8(ascii: ":"):
      guard expected == .colon else { return false }
      put(byte)
      output.append(0x20)
      expected = .value
      return true
    default: break
    }
    if expected == .valueOrEnd || expected == .keyOrEnd { startLine() }
    if expected == .key || expected == .keyOrEnd {
      expected = .colon
      return string()
    }
    guard expected == .value || expected == .valueOrEnd else { return false }
    return value(byte)
  }

  private mutating func value(_ byte: UInt8) -> Bool {
    if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
      guard open.count < Self.depthLimit else { return false }
      put(byte)
      open.append(byte)
      expected = byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
      return true
    }
    expected = open.isEmpty ? .nothing : .commaOrEnd
    return byte == UInt8(ascii: "\"") ? string() : word()
  }

  private mutating func close(_ byte: UInt8) -> Bool {
    // Brackets of one kind are two apart in ASCII.
    guard let opening = open.last, opening + 2 == byte else { return false }
    let isEmpty = expected == .keyOrEnd || expected == .valueOrEnd
    guard isEmpty || expected == .commaOrEnd else { return false }
    open.removeLast()
    if !isEmpty { startLine() }
    put(byte)
    expected = open.isEmpty ? .nothing : .commaOrEnd
    return true
  }

  private mutating func string() -> Bool {
    guard bytes[position] == UInt8(ascii: "\"") else { return false }
    put(bytes[position])
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x20 { return false }
      put(byte)
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") {
        guard position < bytes.count, #""\/bfnrtu"#.utf8.contains(bytes[position]) else { return false }
        put(bytes[position])
      }
    }
    return false
  }

  /// A number or one of the three names.
  private mutating func word() -> Bool {
    let rest = bytes[position...]
    let word = Array(rest.prefix { !#" ,:]}[{""#.utf8.contains($0) && $0 > 0x20 })
    guard ["true", "false", "null"].contains(String(decoding: word, as: UTF8.self)) || Self.isNumber(word) else {
      return false
    }
    output += word
    position += word.count
    return true
  }

  private static func isNumber(_ word: [UInt8]) -> Bool {
    var rest = word[...]
    func digits() -> Int {
      let count = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole == 1 || (whole > 1 && !startsWithZero) else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      if digits() == 0 { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      if digits() == 0 { return false }
    }
    return rest.isEmpty
  }

  private mutating func put(_ byte: UInt8) {
    output.append(byte)
    position += 1
  }

  private mutating func startLine() {
    output.append(0x0A)
    output += [UInt8](repeating: 0x20, count: 2 * open.count)
  }
}
