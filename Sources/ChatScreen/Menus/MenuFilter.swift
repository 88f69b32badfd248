/// Which entries of a list a typed filter leaves, and in what order.
enum MenuFilter {
  /// The rank of the least that matches.
  static let worstRank = 5

  /// Ranks an entry; lower is better, nil does not match. Letter case does not count.
  ///
  /// Every word of the filter has to be found, in the title or in the detail; a filter that is not found so may still
  /// be the initials or another subsequence of the title.
  static func rank(title: String, detail: String, filter: String) -> Int? {
    Words(filter).rank(Text(title: title, detail: detail))
  }

  /// What is looked in, made ready for many filters.
  struct Text: Equatable, Sendable {
    fileprivate let title: [UInt8]
    fileprivate let detail: [UInt8]

    init(title: String, detail: String) {
      self.title = Self.folded(title)
      self.detail = Self.folded(detail)
    }

    /// In small letters; ASCII, which most texts are, takes a tenth of the time.
    private static func folded(_ text: String) -> [UInt8] {
      if text.utf8.allSatisfy({ $0 < 0x80 }) {
        return text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
      }
      return Array(text.lowercased().utf8)
    }
  }

  /// A filter, made ready for many entries.
  struct Words {
    private let words: [[UInt8]]
    private let line: [UInt8]
    private let letters: [Character]

    init(_ filter: String) {
      let words = filter.lowercased().split(separator: " ")
      self.words = words.map { Array($0.utf8) }
      line = Array(words.joined(separator: " ").utf8)
      letters = Array(words.joined())
    }

    func rank(_ text: Text) -> Int? {
      if words.isEmpty { return 0 }
      if text.title.starts(with: line) { return 1 }
      if words.allSatisfy({ begins(aWordOf: text.title, with: $0) }) { return 2 }
      if words.allSatisfy({ contains(text.title, $0) }) { return 3 }
      if words.allSatisfy({ contains(text.title, $0) || contains(text.detail, $0) }) { return 4 }
      return isSubsequence(of: text.title) ? worstRank : nil
    }

    private func begins(aWordOf text: [UInt8], with word: [UInt8]) -> Bool {
      let blank = UInt8(ascii: " ")
      return MenuFilter.place(of: word, in: text) { $0 == 0 || text[$0 - 1] == blank } != nil
    }

    private func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
      MenuFilter.place(of: word, in: text) { _ in true } != nil
    }

    private func isSubsequence(of text: [UInt8]) -> Bool {
      // Most entries lack one of the first letter's bytes.
      guard let first = line.first, text.contains(first) else { return letters.isEmpty }
      var rest = letters[...]
      for character in String(decoding: text, as: UTF8.self) {
        if rest.first == character { rest.removeFirst() }
        if rest.isEmpty { return true }
      }
      return rest.isEmpty
    }
  }

  /// The first place of a word that will do.
  private static func place(of word: [UInt8], in text: [UInt8], where willDo: (Int) -> Bool) -> Int? {
    guard let first = word.first, text.count >= word.count else { return nil }
    for place in 0...text.count - word.count where text[place] == first {
      if (1..<word.count).allSatisfy({ text[place + $0] == word[$0] }), willDo(place) { return place }
    }
    return nil
  }

  /// How many letters have to change to make one word of the other.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.prefix(64))
    let right = Array(right.prefix(64))
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        let change = previous[column] + (letter == other ? 0 : 1)
        current.append(min(change, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[right.count]
  }
}
