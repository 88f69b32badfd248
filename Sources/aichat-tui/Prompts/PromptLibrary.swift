import ChatModel
import ChatScreen
import FoundationEssentials

/// A system prompt that can be chosen by its name.
struct SavedPrompt: Equatable, Sendable {
  var prompt: SystemPrompt
  /// The file it comes from; nil for one that is built in.
  var file: String? { prompt.source.path }
}

/// The saved system prompts: those that come with the program, a collection of patterns, then the user's own. A prompt
/// takes the place of an earlier one of its name.
struct PromptLibrary: Equatable, Sendable {
  private(set) var prompts: [SavedPrompt]
  /// The name of the prompt that the user made the default, in the menu.
  private(set) var standard: String?
  /// Where that is written.
  private(set) var standardPath: String?
  /// What is wrong with the user's files, a sentence each. A broken file does not keep the program from starting.
  private(set) var problems: [String] = []

  /// The name of the file that holds the default's name.
  static let standardFile = "default"

  /// The built-in prompts only, or others to begin with.
  init(prompts: [SystemPrompt] = SystemPrompt.builtIn) { self.prompts = prompts.map { SavedPrompt(prompt: $0) } }

  /// The built-in prompts, and those of a directory.
  init(directory: String) {
    self.init()
    add(directory: directory)
  }

  /// Adds the prompts of a folder of fabric's patterns: `NAME/system.md`.
  mutating func add(patterns: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: patterns)) ?? []
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = "\(patterns)/\(name)/system.md"
      do {
        let content = try FileContent.read(path, limit: 1 << 20, isNamed: false)
        let text = Self.trimmed(String(decoding: content.bytes, as: UTF8.self)[...])
        if text.isEmpty { continue }
        put(SystemPrompt(name: name, summary: "a pattern", text: text, source: .pattern(path)))
      } catch { if !error.isMissing { problems.append("\(path): \(error.reason)") } }
    }
    if names.isEmpty { problems.append("\(patterns): there are no patterns in it") }
  }

  /// Adds the `*.md` files of a directory, by name; a directory that does not exist has none.
  mutating func add(directory: String) {
    readStandard(directory + "/" + Self.standardFile)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for name in names.sorted() where name.hasSuffix(".md") && !name.hasPrefix(".") {
      let path = directory + "/" + name
      do {
        let content = try FileContent.read(path, limit: 1 << 20, isNamed: false)
        add(text: String(decoding: content.bytes, as: UTF8.self), name: String(name.dropLast(3)), path: path)
      } catch { problems.append("\(path): \(error.reason)") }
    }
  }

  private mutating func readStandard(_ path: String) {
    guard let content = try? FileContent.read(path, limit: 1 << 10, isNamed: false) else { return }
    let name = Self.trimmed(String(decoding: content.bytes, as: UTF8.self)[...])
    if name.isEmpty { return }
    standard = name
    standardPath = path
  }

  /// A name that no prompt has: `coder 2` for `coder`.
  func freeName(like name: String) -> String {
    let taken = Set(prompts.map { $0.prompt.name.lowercased() })
    let names = (2...999).lazy.map { "\(name) \($0)" }
    return names.first { !taken.contains($0.lowercased()) } ?? name
  }

  /// The menu's list.
  var systemPrompts: [SystemPrompt] { prompts.map(\.prompt) }

  /// The prompt of that name, in any letter case; the failure names the nearest and lists all.
  func prompt(named name: String) -> Result<SavedPrompt, UnknownPrompt> {
    if let exact = prompts.first(where: { $0.prompt.name == name }) { return .success(exact) }
    if let near = prompts.first(where: { $0.prompt.name.lowercased() == name.lowercased() }) { return .success(near) }
    let names = prompts.map(\.prompt.name)
    let hint = NearestName.hint(name, among: names)
    return .failure(
      UnknownPrompt(message: "there is no prompt “\(name)”\(hint) (there are: \(names.joined(separator: ", ")))"))
  }

  /// Adds the text of one file. `name` is the file's name without `.md`.
  mutating func add(text: String, name: String, path: String) {
    var saved = SavedPrompt(prompt: SystemPrompt(name: name, text: "", source: .file(path)))
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }[...]
    if lines.first?.drop(while: { $0 == "\u{FEFF}" }) == "---" {
      if let end = lines.dropFirst().firstIndex(where: { Self.trimmed($0) == "---" }) {
        for index in 1..<end { read(lines[index], number: index + 1, into: &saved) }
        lines = lines[(end + 1)...]
      } else if let second = lines.dropFirst().first, Self.keys.contains(where: { second.hasPrefix($0 + ":") }) {
        // It would all be sent.
        return problems.append(
          "\(path), line 1: what begins with --- has no second ---; the prompt is left out until it has")
      }
    }
    saved.prompt.text = Self.trimmed(Substring(lines.joined(separator: "\n")))
    if saved.prompt.text.isEmpty {
      problems.append("\(path): the prompt is empty")
    } else {
      put(saved.prompt)
    }
  }

  /// Adds a prompt, or puts it in the place of the one of its name.
  private mutating func put(_ prompt: SystemPrompt) {
    guard let index = prompts.firstIndex(where: { $0.prompt.name.lowercased() == prompt.name.lowercased() }) else {
      return prompts.append(SavedPrompt(prompt: prompt))
    }
    if case .file(let other) = prompts[index].prompt.source {
      problems.append("\(prompt.source.path ?? ""): has the name of \(other)")
    }
    prompts[index] = SavedPrompt(prompt: prompt)
  }

  /// What front matter may have.
  private static let keys = ["name", "description", "provider", "model", "temperature"]

  /// One `key: value` line of the front matter. What is wrong with it is named, and nothing is made of it.
  private mutating func read(_ line: Substring, number: Int, into saved: inout SavedPrompt) {
    let line = Self.trimmed(line)
    if line.isEmpty || line.hasPrefix("#") { return }
    let place = "\(saved.file ?? ""), line \(number)"
    guard let colon = line.firstIndex(of: ":") else {
      return problems.append("\(place): a line of it is `key: value`, as in `model: gpt-4o`; this one is left out")
    }
    let key = Self.trimmed(line[..<colon])
    guard Self.keys.contains(key) else {
      let hint = NearestName.hint(key, among: Self.keys)
      return problems.append(
        "\(place): “\(key)” is no key of a prompt\(hint); it may have \(Self.keys.joined(separator: ", "))")
    }
    guard let value = Self.scalar(Self.trimmed(line[line.index(after: colon)...])) else {
      return problems.append(
        "\(place): \(key) takes plain words, as in `\(key): gpt-4o`, or words in quotes; it is left out until then")
    }
    if value.isEmpty { return }
    switch key {
    case "name": saved.prompt.name = value
    case "description": saved.prompt.summary = value
    case "provider": saved.prompt.wishes.provider = value
    case "model": saved.prompt.wishes.model = value
    default:
      guard let number = DecimalNumber.parse(value), (0...2).contains(number) else {
        return problems.append(
          "\(place): temperature takes a number from 0 to 2, as in `temperature: 0.2`, not “\(value)”; it is left out")
      }
      saved.prompt.wishes.temperature = number
    }
  }

  /// A plain or quoted value as YAML has it, without the comment after it; nil for what is a list, a map or broken there.
  private static func scalar(_ text: String) -> String? {
    guard let first = text.first, first != "#" else { return "" }
    if first == "\"" || first == "'" {
      guard let end = text.dropFirst().firstIndex(of: first) else { return nil }
      let rest = trimmed(text[text.index(after: end)...])
      return rest.isEmpty || rest.hasPrefix("#") ? String(text[text.index(after: text.startIndex)..<end]) : nil
    }
    if "[]{}&*!|>%@`".contains(first) { return nil }
    guard let comment = text.firstRange(of: " #") else { return text }
    return trimmed(text[..<comment.lowerBound])
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

/// Says that no prompt has the name that was asked for.
struct UnknownPrompt: Error, Equatable { var message: String }

extension PromptList {
  /// What the screen is told of a library.
  init(_ library: PromptLibrary) {
    self.init(library.systemPrompts, standard: library.standard, problems: library.problems)
  }
}
