/// Takes the members of one object of the configuration, each once, and says what is wrong by file, line and key.
struct ObjectReader {
  private let file: String
  /// The object's own path, for example `providers.work`; empty for the whole file.
  private let path: String
  private let position: SourcePosition
  private let members: [JSON5Node.Member]
  private var taken: Set<String> = []

  /// Fails when the node is no object.
  init(_ node: JSON5Node, path: String, file: String) throws(CommandFailure) {
    guard case .object(let members) = node.content else {
      throw .configuration(
        "\(file), line \(node.position.line): \(path.isEmpty ? "the file" : path) must be an object, { … }")
    }
    self.file = file
    self.path = path
    self.members = members
    position = node.position
  }

  /// The members that nobody took, in their order; for an object whose keys are free.
  var names: [String] { members.map(\.key) }

  /// The member's node, nil when it is missing or null.
  mutating func node(_ key: String) -> JSON5Node? {
    taken.insert(key)
    guard let member = members.first(where: { $0.key == key }), member.value.content != .null else { return nil }
    return member.value
  }

  /// A text, not empty.
  mutating func string(_ key: String) throws(CommandFailure) -> String? {
    guard let node = node(key) else { return nil }
    guard case .string(let text) = node.content else { throw wrong(key, node, "must be a text in quotes") }
    if text.isEmpty { throw wrong(key, node, "must not be empty") }
    return text
  }

  /// A command: a line for the shell, or the program and its arguments.
  mutating func command(_ key: String) throws(CommandFailure) -> [String]? {
    guard let node = node(key) else { return nil }
    switch node.content {
    case .string(let line) where !line.isEmpty: return ["/bin/sh", "-c", line]
    case .array(let items):
      let words = items.compactMap { item in
        if case .string(let word) = item.content { word } else { nil }
      }
      if words.count == items.count, words.first?.isEmpty == false { return words }
    default: break
    }
    throw wrong(key, node, "must be a line for the shell, or a list of a program and its arguments")
  }

  /// A number that is not negative.
  mutating func number(_ key: String) throws(CommandFailure) -> Double? {
    guard let node = node(key) else { return nil }
    switch node.content {
    case .integer(let number) where number >= 0: return Double(number)
    case .number(let number) where number >= 0: return number
    default: throw wrong(key, node, "must be a number that is not negative")
    }
  }

  /// A whole number, at least `least`.
  mutating func integer(_ key: String, from least: Int) throws(CommandFailure) -> Int? {
    guard let node = node(key) else { return nil }
    guard case .integer(let number) = node.content, number >= least else {
      throw wrong(key, node, "must be a whole number\(least == .min ? "" : " from \(least)")")
    }
    return number
  }

  mutating func bool(_ key: String) throws(CommandFailure) -> Bool? {
    guard let node = node(key) else { return nil }
    guard case .bool(let value) = node.content else { throw wrong(key, node, "must be true or false") }
    return value
  }

  /// A reader of the object under that key.
  mutating func object(_ key: String) throws(CommandFailure) -> ObjectReader? {
    guard let node = node(key) else { return nil }
    return try ObjectReader(node, path: pathOf(key), file: file)
  }

  /// To call when all known keys were asked for: fails on one that is left, naming the nearest known one.
  func finish() throws(CommandFailure) {
    guard let unknown = members.first(where: { !taken.contains($0.key) }) else { return }
    let hint = NearestName.hint(unknown.key, among: taken.sorted())
    let place = path.isEmpty ? "" : " of \(path)"
    throw .configuration(
      "\(file), line \(unknown.position.line): “\(unknown.key)” is no key\(place)"
        + (hint.isEmpty ? " (known: \(taken.sorted().joined(separator: ", ")))" : hint))
  }

  /// The failure for a value, pointing at it.
  func wrong(_ key: String, _ node: JSON5Node? = nil, _ expected: String) -> CommandFailure {
    let position = node?.position ?? members.first { $0.key == key }?.position ?? position
    return .configuration("\(file), line \(position.line): \(pathOf(key)) \(expected)")
  }

  private func pathOf(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
