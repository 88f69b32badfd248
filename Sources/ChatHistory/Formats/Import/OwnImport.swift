import ChatModel
import FoundationEssentials

/// Reads a conversation of this program's own JSON back, whole or not at all.
enum OwnImport {
  /// A name longer than this is no name.
  private static let longestName = 200

  /// - Parameters:
  ///   - json: the conversation's object, which is known to be JSON.
  ///   - bytes: the same as text.
  static func conversation(_ json: JSONValue, _ bytes: ArraySlice<UInt8>) throws(ImportProblem) -> SavedConversation {
    var conversation = try decoded(bytes)
    guard !conversation.id.text.isEmpty, conversation.id.text.utf8.count <= longestName else {
      throw ImportProblem("wants a name of 1 to \(longestName) bytes", at: "id")
    }
    conversation.messages = try MessageOrder.ordered(conversation.messages)
    let names = Set(conversation.messages.map(\.id))
    for (name, place) in [
      (conversation.head, "head"), (conversation.summary?.through, "summary.through"),
      (conversation.summary?.writtenAfter, "summary.written_after"),
    ] {
      if let name, !names.contains(name) { throw ImportProblem("no message is called “\(name)”", at: place) }
    }
    if conversation.head == nil, !conversation.messages.isEmpty {
      throw ImportProblem("is missing, though there are messages", at: "head")
    }
    return conversation
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) throws(ImportProblem) -> SavedConversation {
    do { return try HistoryJSON.value(SavedConversation.self, of: bytes) } catch {
      throw (error as? DecodingError).map(problem) ?? ImportProblem("cannot be read")
    }
  }

  private static func problem(_ error: DecodingError) -> ImportProblem {
    switch error {
    case .keyNotFound(let key, let context): ImportProblem("is missing", at: path(context.codingPath + [key]))
    case .valueNotFound(_, let context): ImportProblem("is null", at: path(context.codingPath))
    case .typeMismatch(_, let context): ImportProblem(words(context), at: path(context.codingPath))
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      // The grammar was right: what is left is half of a surrogate pair, or a number that is none.
      ImportProblem("holds half a character (an escape such as \\ud83d alone), or NaN")
    case .dataCorrupted(let context): ImportProblem(words(context), at: path(context.codingPath))
    @unknown default: ImportProblem("cannot be read")
    }
  }

  /// The decoder's sentence as half a sentence.
  private static func words(_ context: DecodingError.Context) -> String {
    let words = context.debugDescription
    return words.last == "." ? String(words.dropLast()) : words
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      if let index = key.intValue { return "\(path)[\(index)]" }
      return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
  }
}
