/// The forms in which saved conversations leave the program; the raw value is what users type.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// For reading: the path that is shown, under headings.
  case markdown
  /// Everything, for taking it in again.
  case json
  /// Everything, a conversation a line.
  case jsonl
  /// The path that is shown as the OpenAI chat API has messages, a conversation a line.
  case openai
  /// A page for a browser: the path that is shown, in one file that asks nothing of the network.
  case html

  /// All of them, in words.
  public static var listed: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The form that a file's name speaks of; Markdown where it speaks of none, nil where of one that is not known.
  public init?(fileName: String) {
    let name = fileName.split(separator: "/").last ?? ""
    guard let dot = name.dropFirst().lastIndex(of: "."), case let ending = name[name.index(after: dot)...].lowercased(),
      !["", "md", "txt"].contains(ending)
    else {
      self = .markdown
      return
    }
    guard let form = Self(rawValue: ending == "htm" ? "html" : ending) else { return nil }
    self = form
  }

  /// What is said of a word that names none.
  public static func unknown(_ word: some StringProtocol) -> String { "“\(word)” is no format; one of: \(listed)" }
}
