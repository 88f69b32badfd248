import ChatModel

/// What is wrong with a file that is to be taken in, and where.
public struct ImportProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// The conversation's place in the file, from 1; nil where it is the file as a whole.
  public var conversation: Int?
  public var title: String?
  /// Where: a line and a column, or a path such as `messages[2].role`. May be empty.
  public var place: String
  /// What: half a sentence.
  public var reason: String

  public init(_ reason: String, at place: String = "") {
    self.reason = reason
    self.place = place
  }

  /// On one line: `conversation 3 (“Rome”): messages[2].role: “narrator” is no role`. Holds text of the file.
  public var description: String {
    var parts: [String] = []
    if let conversation {
      let name = title.map { " (“\(SavedConversation.title(from: $0))”)" } ?? ""
      parts.append("conversation \(conversation)\(name)")
    }
    if !place.isEmpty { parts.append(place) }
    return (parts + [reason]).joined(separator: ": ")
  }

  /// The problem at a place further out.
  func within(_ outer: String) -> ImportProblem {
    var problem = self
    let isIndex = place.hasPrefix("[")
    problem.place = place.isEmpty || outer.isEmpty || isIndex ? outer + place : "\(outer).\(place)"
    return problem
  }
}
