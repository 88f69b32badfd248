import ChatModel

/// Goes through the JSON values of a file that may each be a conversation, one at a time, so that a large file is never held
/// as values whole: the elements of an array, the conversations of our own form, or values one after the other.
struct FileWalk {
  /// A value that may be a conversation.
  struct Element {
    var value: JSONValue
    /// Its bytes in the file.
    var range: Range<Int>
    /// How it is reached from the file as a whole: `[3]`, `conversations[3]`, `line 3`; empty for a file that it is alone.
    var path: String
    /// Whether the file is an array that it is an element of.
    var isInArray = false
    /// The version of our own form, where what is around it says that it is of that.
    var version: Int?
  }

  private enum Place {
    case start
    /// Between the elements of an array that is all of the file.
    case array(index: Int)
    /// Between our own conversations, in an object that began with these members.
    case conversations(index: Int, version: Int?)
    /// After a value, where another may follow.
    case sequence
    case end
  }

  private let bytes: [UInt8]
  private var reader: JSONReader
  private var place = Place.start
  /// Where the value began that is being read, if another may begin on a line of its own after it.
  private var lineStart: Int?
  /// Line ends up to a place.
  private var counted = (offset: 0, lines: 0)
  /// True after a mistake that nothing can be read after.
  private(set) var isStuck = false
  /// True where there was a list of conversations, if only an empty one.
  private(set) var foundList = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = JSONReader(bytes)
  }

  /// The next value; nil at the end.
  mutating func next() throws(ImportProblem) -> Element? {
    do throws(JSONReader.Malformed) {
      switch place {
      case .start: return try begin()
      case .array(let index): return try inArray(index)
      case .conversations(let index, let version): return try inConversations(index, version)
      case .sequence: return try inSequence()
      case .end: return nil
      }
    } catch { throw problem(error) }
  }

  private mutating func problem(_ error: JSONReader.Malformed) -> ImportProblem {
    // In a file of lines, each with a mistake, counting from the beginning would take for ever.
    let start = lineStart.flatMap { bytes[..<$0].lastIndex(of: 0x0A) }.map { (offset: $0 + 1, line: line(of: $0 + 1)) }
    let place = TextPlace(of: error.offset, in: bytes, from: start ?? (0, 1)).description
    isStuck = !skipToNextLine()
    if error.isTooDeep {
      return ImportProblem("JSON that is nested more than \(JSONReader.depthLimit) deep", at: place)
    }
    return ImportProblem(error.offset >= bytes.count ? "the JSON breaks off" : "this is no JSON", at: place)
  }

  /// Goes on at the next line that begins an object, where the file is one of lines.
  private mutating func skipToNextLine() -> Bool {
    guard let lineStart, let end = bytes[lineStart...].firstIndex(of: 0x0A), end + 1 < bytes.count,
      bytes[end + 1] == UInt8(ascii: "{")
    else { return false }
    reader.move(to: end + 1)
    place = .sequence
    return true
  }

  private mutating func begin() throws(JSONReader.Malformed) -> Element? {
    switch reader.next() {
    case nil:
      place = .end
      return nil
    case UInt8(ascii: "["):
      foundList = true
      guard reader.open(with: UInt8(ascii: "]")) else {
        try finish()
        return nil
      }
      place = .array(index: 0)
      return try inArray(0)
    case UInt8(ascii: "{"): return try beginObject()
    default:
      place = .sequence
      return try inSequence()
    }
  }

  /// Reads on in an object: to our own conversations, or to its end.
  private mutating func beginObject() throws(JSONReader.Malformed) -> Element? {
    let start = reader.position
    lineStart = start
    let brace = UInt8(ascii: "}")
    var members: [String: JSONValue] = [:]
    if reader.open(with: brace) {
      repeat {
        let name = try reader.readName()
        if name == "conversations", reader.next() == UInt8(ascii: "[") {
          foundList = true
          lineStart = nil
          let isOwn = members["format"] == .string(HistoryJSON.format)
          let version = isOwn ? members["version"]?.lenientInteger ?? HistoryJSON.version : nil
          guard reader.open(with: UInt8(ascii: "]")) else { continue }
          return try inConversations(0, version)
        }
        members[name] = try reader.read()
      } while try !reader.closes(with: brace)
    }
    place = .sequence
    let isAlone = reader.next() == nil
    if isAlone, foundList { return nil }
    return Element(
      value: .object(members), range: start..<reader.position, path: isAlone ? "" : "line \(line(of: start))")
  }

  private mutating func inArray(_ index: Int) throws(JSONReader.Malformed) -> Element? {
    if index > 0, try reader.closes(with: UInt8(ascii: "]")) {
      try finish()
      return nil
    }
    place = .array(index: index + 1)
    var element = try element("[\(index)]")
    element.isInArray = true
    return element
  }

  private mutating func inConversations(_ index: Int, _ version: Int?) throws(JSONReader.Malformed) -> Element? {
    if index > 0, try reader.closes(with: UInt8(ascii: "]")) {
      while try !reader.closes(with: UInt8(ascii: "}")) {
        _ = try reader.readName()
        _ = try reader.read()
      }
      try finish()
      return nil
    }
    place = .conversations(index: index + 1, version: version)
    var element = try element("conversations[\(index)]")
    element.version = version
    return element
  }

  private mutating func inSequence() throws(JSONReader.Malformed) -> Element? {
    guard reader.next() != nil else {
      place = .end
      return nil
    }
    lineStart = reader.position
    return try element("line \(line(of: reader.position))")
  }

  private mutating func element(_ path: String) throws(JSONReader.Malformed) -> Element {
    // Past white space.
    _ = reader.next()
    let start = reader.position
    let value = try reader.read()
    return Element(value: value, range: start..<reader.position, path: path)
  }

  /// The line of a place that is not before the last one asked for.
  private mutating func line(of offset: Int) -> Int {
    if offset > counted.offset {
      counted.lines += bytes[counted.offset..<offset].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
      counted.offset = offset
    }
    return counted.lines + 1
  }

  private mutating func finish() throws(JSONReader.Malformed) {
    place = .end
    guard reader.next() == nil else { throw JSONReader.Malformed(offset: reader.position) }
  }
}
