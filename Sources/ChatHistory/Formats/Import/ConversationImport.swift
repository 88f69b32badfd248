import ChatModel

/// Takes conversations out of a file of this program, of OpenAI `messages`, of ChatGPT or of `llm`; which it is, its content
/// tells. Pure but for `llm`'s database, which SQLite reads.
///
/// Strict, the first problem is thrown, and nothing is to be taken in. Lenient, a conversation with a problem is left out, and
/// `leftOut` says which and why.
public struct ConversationImport: Sendable {
  /// What was found, each id once.
  public private(set) var conversations: [SavedConversation] = []
  /// What a lenient reading left out.
  public private(set) var leftOut: [ImportProblem] = []
  /// What the file only refers to, such as pictures, and how often: a mark stands in its place.
  public private(set) var marks: [String: Int] = [:]
  /// Conversations of which the file does not tell when all of their messages were written: now stands for it.
  public var undated: Int { conversations.count { $0.messages.contains { $0.created == now } } }
  /// Conversations without a message, which are passed over.
  public private(set) var empty = 0

  let isLenient: Bool
  /// Stands for times that a file does not tell.
  let now: Timestamp
  /// Conversations seen so far, also those left out.
  private var count = 0
  private var places: [ConversationID: Int] = [:]
  /// The messages of a file that is one array of them.
  private var loose: [JSONValue] = []

  public init(isLenient: Bool = false, now: Timestamp) {
    self.isLenient = isLenient
    self.now = now
  }

  /// Whether a file that begins so is a database, which is read by its path.
  public static func isDatabase(_ beginning: some Collection<UInt8>) -> Bool {
    beginning.starts(with: "SQLite format 3\0".utf8)
  }

  /// Reads a file's text.
  public mutating func read(_ bytes: [UInt8]) throws(ImportProblem) {
    if bytes.starts(with: "PK\u{3}\u{4}".utf8) {
      throw ImportProblem("is a ZIP archive; unpack it and import the conversations.json in it")
    }
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if let offset = Self.invalidOffset(bytes) {
      let problem = ImportProblem("bytes that are no UTF-8", at: TextPlace(of: offset, in: bytes).description)
      guard isLenient else { throw problem }
      leftOut.append(problem)
      bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
    if let offset = HalfCharacter.offset(in: bytes) {
      // Read as U+FFFD.
      try leaveOut(
        ImportProblem(
          "holds half a character (an escape such as \\ud83d alone)", at: TextPlace(of: offset, in: bytes).description))
    }
    var walk = FileWalk(bytes)
    while true {
      do throws(ImportProblem) {
        guard let element = try walk.next() else { break }
        try take(element, of: bytes)
      } catch {
        guard isLenient else { throw error }
        leftOut.append(error)
        if walk.isStuck { break }
      }
    }
    try takeLooseMessages()
    if conversations.isEmpty, leftOut.isEmpty, empty == 0, !walk.foundList {
      throw ImportProblem("holds no conversations")
    }
  }

  /// Where the text stops being UTF-8; nil where it is whole.
  private static func invalidOffset(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
    return offset
  }

  private mutating func take(_ element: FileWalk.Element, of bytes: [UInt8]) throws(ImportProblem) {
    if element.isInArray, element.path.hasPrefix("["), element.value["role"] != nil {
      loose.append(element.value)
      return
    }
    count += 1
    do throws(ImportProblem) {
      if let conversation = try conversation(element, bytes) { add(conversation) } else { empty += 1 }
    } catch {
      var problem = error.within(element.path)
      problem.conversation = count
      problem.title = element.value["title"]?.filledString
      throw problem
    }
  }

  private mutating func conversation(_ element: FileWalk.Element, _ bytes: [UInt8]) throws(ImportProblem)
    -> SavedConversation?
  {
    let json = element.value
    guard case .object = json else { throw ImportProblem("is no object, and so no conversation") }
    let isOwn = json["format"] == .string(HistoryJSON.format)
    if let version = element.version ?? (isOwn ? json["version"]?.lenientInteger ?? HistoryJSON.version : nil) {
      guard version <= HistoryJSON.version else {
        throw ImportProblem("was written by a newer aichat-tui (version \(version) of its form)", at: "version")
      }
      return try OwnImport.conversation(json, bytes[element.range])
    }
    if json["mapping"] != nil {
      var export = ChatGPTImport(now: now)
      let conversation = try export.conversation(json)
      for (mark, count) in export.marks { marks[mark, default: 0] += count }
      return conversation
    }
    if case .array(let messages)? = json["messages"] {
      // The form without a version, as `show --json` prints it.
      if json["created"]?.filledString != nil, json["id"] != nil {
        return try OwnImport.conversation(json, bytes[element.range])
      }
      return try openAI(messages, json, path: "messages")
    }
    throw ImportProblem("is no conversation of a known form: neither “messages” nor “mapping” is in it")
  }

  private mutating func openAI(_ messages: [JSONValue], _ json: JSONValue?, path: String) throws(ImportProblem)
    -> SavedConversation
  {
    var reader = OpenAIImport(now: now)
    do throws(ImportProblem) {
      let conversation = try reader.conversation(messages, json)
      for (mark, count) in reader.marks { marks[mark, default: 0] += count }
      return conversation
    } catch {
      // A time stands beside the messages.
      throw error.place.hasPrefix("[") || error.place.isEmpty ? error.within(path) : error
    }
  }

  /// A file that is an array of messages is one conversation.
  private mutating func takeLooseMessages() throws(ImportProblem) {
    guard !loose.isEmpty else { return }
    do throws(ImportProblem) { add(try openAI(loose, nil, path: "")) } catch {
      guard isLenient else { throw error }
      leftOut.append(error)
    }
  }

  /// Takes one that is whole. Of two with one name, the one that was written to later stays.
  mutating func add(_ conversation: SavedConversation) {
    guard let place = places[conversation.id] else {
      places[conversation.id] = conversations.count
      conversations.append(conversation)
      return
    }
    if conversations[place].updated < conversation.updated { conversations[place] = conversation }
  }

  /// Counts a mark that stands for something a file does not hold.
  mutating func count(_ mark: String) { marks[mark, default: 0] += 1 }

  /// Says that something is left out, or throws where nothing may be.
  mutating func leaveOut(_ problem: ImportProblem) throws(ImportProblem) {
    guard isLenient else { throw problem }
    leftOut.append(problem)
  }
}
