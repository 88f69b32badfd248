/// One word as Eliza reads it: in lower case for comparing, and as it was written for saying it back.
struct ElizaWord: Equatable, Sendable {
  var key: String
  var text: String

  init(_ text: String) {
    self.text = text
    key = text.lowercased()
  }

  /// The message's clauses: what stands between full stops, commas and the like, and before and after a `but`.
  /// Contractions are written out, common slips mended, a clause is at most 60 words and there are at most 40 of them.
  static func clauses(of message: String) -> [[ElizaWord]] {
    var clauses: [[ElizaWord]] = []
    var clause: [ElizaWord] = []
    func close() {
      if !clause.isEmpty { clauses.append(clause) }
      clause = []
    }
    for piece in message.prefix(8000).split(whereSeparator: { $0.isWhitespace }) {
      let core = piece.replacing("’", with: "'").drop { !isPartOfWord($0) }
      let word = String(core.prefix { isPartOfWord($0) || $0 == "." && core.contains("/") })
      if word.lowercased() == "but" { close() } else if !word.isEmpty { clause += expanded(word) }
      if piece.count > word.count, piece.last.map({ ".,;:!?…。、？！".contains($0) }) == true { close() }
      if clause.count >= 60 { close() }
      if clauses.count >= 40 { break }
    }
    close()
    return clauses
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "'-_/+#".contains(character)
  }

  private static func expanded(_ word: String) -> [ElizaWord] {
    guard let full = contractions[word.lowercased()] else { return [ElizaWord(word)] }
    return full.split(separator: " ").map { ElizaWord(String($0)) }
  }

  private static let contractions = [
    "i'm": "I am", "im": "I am", "i've": "I have", "ive": "I have", "i'd": "I would", "i'll": "I will",
    "you're": "you are", "youre": "you are", "you've": "you have", "you'd": "you would", "you'll": "you will",
    "it's": "it is", "that's": "that is", "thats": "that is", "he's": "he is", "she's": "she is", "what's": "what is",
    "whats": "what is", "who's": "who is", "how's": "how is", "they're": "they are", "we're": "we are",
    "there's": "there is", "let's": "let us", "dont": "don't", "cant": "can't", "cannot": "can't", "wont": "won't",
    "didnt": "didn't", "doesnt": "doesn't", "isnt": "isn't", "u": "you", "ur": "your", "recollect": "remember",
    "recall": "remember", "dreamt": "dreamed", "maybe": "perhaps", "certainly": "yes", "yeah": "yes", "yep": "yes",
    "nope": "no", "mum": "mother", "mom": "mother", "dad": "father", "wanna": "want to", "gonna": "going to",
  ]

  // MARK: Saying it back

  /// The words seen from the other side: `I am tired of my job` becomes `you are tired of your job`. Cut after 24
  /// words.
  static func reflected(_ words: some Collection<ElizaWord>) -> String {
    let words = Array(words)
    var said: [String] = []
    for (index, word) in words.prefix(24).enumerated() {
      let before = index > 0 ? words[index - 1].key : ""
      let after = index + 1 < words.count ? words[index + 1].key : ""
      said.append(turned(word, before: before, after: after))
    }
    return said.joined(separator: " ") + (words.count > 24 ? " …" : "")
  }

  private static func turned(_ word: ElizaWord, before: String, after: String) -> String {
    switch word.key {
    case "i", "me": return "you"
    case "my": return "your"
    case "mine": return "yours"
    case "myself": return "yourself"
    case "your": return "my"
    case "yours": return "mine"
    case "yourself": return "myself"
    case "am": return before == "i" || after == "i" ? "are" : "am"
    case "are": return before == "you" || after == "you" ? "am" : "are"
    case "was": return before == "i" || after == "i" ? "were" : "was"
    case "were": return before == "you" || after == "you" ? "was" : "were"
    // English has one `you` for two cases: it is the subject beside a verb that we know, otherwise the object.
    case "you": return subjectVerbs.contains(after) || ["are", "were", "do", "did"].contains(before) ? "I" : "me"
    default: return word.text
    }
  }

  private static let subjectVerbs: Set<String> = [
    "are", "were", "have", "had", "do", "did", "don't", "didn't", "can", "can't", "could", "will", "won't", "would",
    "should", "must", "may", "might", "think", "know", "like", "want", "need", "say", "said", "feel", "seem", "love",
    "hate", "make", "never", "always", "really", "understand", "remember", "believe", "mean", "hear", "see", "look",
    "aren't", "sound", "were", "just", "also",
  ]
}
