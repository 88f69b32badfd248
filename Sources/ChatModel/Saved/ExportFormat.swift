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

  /// The form that a file's name speaks of; Markdown where it speaks of none.
  public init(fileName: String) {
    let ending = fileName.split(separator: ".").last?.lowercased() ?? ""
    self = Self(rawValue: ending) ?? (ending == "htm" ? .html : .markdown)
  }
}
