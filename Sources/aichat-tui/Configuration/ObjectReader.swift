/// Takes the members of one object of the configuration, each once, and says what is wrong by file, line and key. It goes on
/// after a mistake, so that all of them can be named.
struct ObjectReader {
  /// What was wrong so far.
  private(set) var mistakes: [CommandFailure] = []

  private let file: String
  /// The object's own path, for example `providers.work`; empty for the whole file.
  private let path: String
  private let position: SourcePosition
  private let members: [JSON5Node.Member]
  private var taken: Set<String> = []

  /// A node that is no object is a mistake, and has no members.
  init(_ node: JSON5Node, path: String, file: String) {
    self.file = file
    self.path = path
    position = node.position
    guard case .object(let members) = node.content else {
      members = []
      let name = path.isEmpty ? "the file" : path
      mistakes = [.configuration("\(file), line \(position.line): \(name) must be an object, { … }")]
      return
    }
    self.members = members
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
  mutating func string(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard case .string(let text) = node.content else { return refuse(key, node, "must be a text in quotes") }
    return text.isEmpty ? refuse(key, node, "must not be empty") : text
  }

  /// A text or a list of texts, maybe empty, each with its place; none where it says null. Nil when it is missing or wrong.
  mutating func texts(_ key: String) -> [(text: String, node: JSON5Node)]? {
    taken.insert(key)
    guard let node = members.first(where: { $0.key == key })?.value else { return nil }
    let items: [JSON5Node]
    switch node.content {
    case .null: items = []
    case .array(let list): items = list
    default: items = [node]
    }
    let texts = items.compactMap { item in
      if case .string(let text) = item.content { (text: text, node: item) } else { nil }
    }
    return texts.count == items.count ? texts : refuse(key, node, "must be a text in quotes or a list of them")
  }

  /// A command: a line for the shell, or the program and its arguments.
  mutating func command(_ key: String) -> [String]? {
    guard let node = node(key) else { return nil }
    switch node.content {
    case .string(let line) where !line.isEmpty: return ["/bin/sh", "-c", line]
    case .array(let items):
      if let words = Self.words(items) { return words }
    default: break
    }
    return refuse(key, node, "must be a line for the shell, or a list of a program and its arguments")
  }

  /// The program and its arguments that a list names; nil where it names none, or has something else in it.
  private static func words(_ items: [JSON5Node]) -> [String]? {
    let words = items.compactMap { item in
      if case .string(let word) = item.content { word } else { nil }
    }
    return words.count == items.count && words.first?.isEmpty == false ? words : nil
  }

  /// A program and its arguments, which are for no shell; must be there.
  mutating func programAndArguments(_ key: String) -> [String]? {
    let expected = "must be a list of a program and its arguments"
    guard let node = node(key) else {
      fail(key, nil, "is missing: it " + expected)
      return nil
    }
    guard case .array(let items) = node.content, let words = Self.words(items) else {
      return refuse(key, node, expected)
    }
    return words
  }

  /// A number that is not negative.
  mutating func number(_ key: String) -> Double? {
    guard let node = node(key) else { return nil }
    switch node.content {
    case .integer(let number) where number >= 0: return Double(number)
    case .number(let number) where number >= 0: return number
    default: return refuse(key, node, "must be a number that is not negative")
    }
  }

  /// A whole number, at least `least`.
  mutating func integer(_ key: String, from least: Int) -> Int? {
    guard let node = node(key) else { return nil }
    guard case .integer(let number) = node.content, number >= least else {
      return refuse(key, node, "must be a whole number\(least == .min ? "" : " from \(least)")")
    }
    return number
  }

  mutating func bool(_ key: String) -> Bool? {
    guard let node = node(key) else { return nil }
    guard case .bool(let value) = node.content else { return refuse(key, node, "must be true or false") }
    return value
  }

  /// What `read` makes of the object under that key; nil when there is none. Its mistakes, and the keys of it that `read` did
  /// not ask for, are mistakes of this one.
  mutating func object<Value>(_ key: String, _ read: (inout ObjectReader) -> Value) -> Value? {
    guard let node = node(key) else { return nil }
    var reader = ObjectReader(node, path: pathOf(key), file: file)
    let value = read(&reader)
    reader.finish()
    mistakes += reader.mistakes
    return value
  }

  /// To call when all known keys were asked for: those that are left are mistakes; the nearest known ones are named.
  mutating func finish() {
    for unknown in members where !taken.contains(unknown.key) {
      let hint = NearestName.hint(unknown.key, among: taken.sorted())
      let place = path.isEmpty ? "" : " of \(path)"
      mistakes.append(
        .configuration(
          "\(file), line \(unknown.position.line): “\(unknown.key)” is no key\(place)"
            + (hint.isEmpty ? " (known: \(taken.sorted().joined(separator: ", ")))" : hint)))
    }
  }

  /// Notes a mistake, pointing at its value.
  mutating func fail(_ key: String, _ node: JSON5Node? = nil, _ expected: String) {
    let position = node?.position ?? members.first { $0.key == key }?.position ?? position
    mistakes.append(.configuration("\(file), line \(position.line): \(pathOf(key)) \(expected)"))
  }

  private mutating func refuse<Value>(_ key: String, _ node: JSON5Node, _ expected: String) -> Value? {
    fail(key, node, expected)
    return nil
  }

  private func pathOf(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
