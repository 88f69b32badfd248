/// A conversation partner after Joseph Weizenbaum's program of 1966.
///
/// It looks for keywords, takes the one of the highest rank, sees how the clause around it is built, and puts an answer
/// together from the clause's own parts. Each rule has several answers, used in turn. What is said about `my …` is
/// remembered and brought up when nothing better offers itself. It is a value without chance in it: the same talk gets
/// the same answers. (J. Weizenbaum, "ELIZA", Communications of the ACM 9(1), 1966, whose script is the model.)
struct Eliza: Equatable, Sendable {
  struct Keyword: Sendable {
    var words: [String]
    /// The highest in a message wins; of equal ones, the first said.
    var rank: Int
    var rules: [Rule]
  }

  struct Rule: Sendable {
    var pattern: ElizaPattern
    /// Used in turn. `$1` is what stood in the pattern's first gap, seen from the other side; `=word` takes the rules
    /// of another keyword.
    var answers: [String]
    /// Said later, when no keyword is found.
    var memories: [String] = []
  }

  /// How often each rule has been used, by keyword and place.
  private var uses: [String: Int] = [:]
  private var memories: [String] = []

  /// What Eliza says to the last of the messages, having heard those before it.
  static func reply(to messages: [String]) -> String {
    var eliza = Eliza()
    var answer = ""
    for message in messages { answer = eliza.answer(to: message) }
    return answer.isEmpty ? eliza.answer(to: "") : answer
  }

  /// Answers one message, and remembers that it did.
  mutating func answer(to message: String) -> String {
    let clauses = ElizaWord.clauses(of: message)
    for (keyword, clause) in candidates(in: clauses) {
      if let answer = answer(with: keyword, to: clause, depth: 0) { return Self.polished(answer) }
    }
    if !memories.isEmpty { return Self.polished(memories.removeFirst()) }
    let isQuestion = message.contains("?")
    return turn(isQuestion ? ElizaScript.toQuestions : ElizaScript.toAnything, name: isQuestion ? "?" : ".")
  }

  /// The keywords that were said, with their clauses, the best first.
  private func candidates(in clauses: [[ElizaWord]]) -> [(Eliza.Keyword, [ElizaWord])] {
    var found: [(keyword: Eliza.Keyword, clause: [ElizaWord])] = []
    for clause in clauses {
      for word in clause {
        guard let keyword = ElizaScript.keyword(word.key) else { continue }
        found.append((keyword, clause))
      }
    }
    // The sort must keep the order of equal ranks, which `sort` does not promise.
    return found.enumerated().sorted {
      ($1.element.keyword.rank, $0.offset) < ($0.element.keyword.rank, $1.offset)
    }.map { ($0.element.keyword, $0.element.clause) }
  }

  private mutating func answer(with keyword: Keyword, to clause: [ElizaWord], depth: Int) -> String? {
    for (place, rule) in keyword.rules.enumerated() {
      guard let parts = rule.pattern.match(clause) else { continue }
      let name = "\(keyword.words[0])/\(place)"
      if !rule.memories.isEmpty {
        let memory = rule.memories[uses[name, default: 0] % rule.memories.count]
        memories.append(Self.filled(memory, with: parts))
      }
      let answer = turn(rule.answers, name: name)
      guard answer.hasPrefix("=") else { return Self.filled(answer, with: parts) }
      // A script whose keywords refer to each other in a circle has no answer.
      guard depth < 4, let other = ElizaScript.keyword(String(answer.dropFirst())) else { continue }
      if let answer = self.answer(with: other, to: clause, depth: depth + 1) { return answer }
    }
    return nil
  }

  private mutating func turn(_ answers: [String], name: String) -> String {
    defer { uses[name, default: 0] += 1 }
    return answers[uses[name, default: 0] % answers.count]
  }

  private static func filled(_ answer: String, with parts: [ArraySlice<ElizaWord>]) -> String {
    var filled = ""
    var isReference = false
    for character in answer {
      if isReference {
        if let number = character.wholeNumberValue, parts.indices.contains(number - 1) {
          filled += ElizaWord.reflected(parts[number - 1])
        }
        isReference = false
      } else if character == "$" {
        isReference = true
      } else {
        filled.append(character)
      }
    }
    return filled
  }

  /// With a capital at the start, where words of the user's may stand.
  private static func polished(_ answer: String) -> String {
    answer.prefix(1).uppercased() + answer.dropFirst()
  }
}
