import ChatModel

/// A system prompt as a file has it: front matter, where there is any, and the text.
enum PromptDocument {
  /// The text of a file for a prompt.
  static func text(of prompt: SystemPrompt) -> String {
    var lines = ["---", "name: \(scalar(prompt.name))"]
    if !prompt.summary.isEmpty { lines.append("description: \(scalar(prompt.summary))") }
    if let provider = prompt.wishes.provider { lines.append("provider: \(scalar(provider))") }
    if let model = prompt.wishes.model { lines.append("model: \(scalar(model))") }
    if let temperature = prompt.wishes.temperature { lines.append("temperature: \(temperature)") }
    return (lines + ["---", "", prompt.text, ""]).joined(separator: "\n")
  }

  /// What a new prompt's file begins as.
  static let blank = """
    ---
    name: new prompt
    description:
    # provider: work
    # model: gpt-4o
    # temperature: 0.2
    ---


    """

  /// The prompt that a text is of, and what is wrong with it.
  static func read(_ text: String, name: String, path: String = "the prompt") -> (
    prompt: SystemPrompt?, problem: String?
  ) {
    var library = PromptLibrary(prompts: [])
    library.add(text: text, name: name, path: path)
    return (library.systemPrompts.first, library.problems.first)
  }

  /// A value on one line, quoted where YAML would take it for something else.
  private static func scalar(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    let isPlain = line.first.map { $0.isLetter || $0.isNumber } ?? false
    if isPlain, !line.contains(": "), !line.contains(" #"), line.last != ":" { return line }
    return line.contains("\"") ? "'\(line.replacing("'", with: "’"))'" : "\"\(line)\""
  }

  /// A file's name for a prompt's: small letters and digits, with hyphens between the words.
  static func fileName(for name: String) -> String {
    let words = name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
    var result = ""
    for word in words {
      let longer = result.isEmpty ? String(word) : "\(result)-\(word)"
      if longer.utf8.count > 80 { break }
      result = longer
    }
    return result.isEmpty ? "prompt" : result
  }
}
