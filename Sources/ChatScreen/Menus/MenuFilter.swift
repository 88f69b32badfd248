/// Which entries of a list a typed filter leaves, and in what order.
enum MenuFilter {
  /// The rank of the least that matches.
  static let worstRank = 5

  /// Ranks an entry; lower is better, nil does not match. Letter case does not count.
  ///
  /// Every word of the filter has to be found, in the title or in the detail; a filter that is not found so may still
  /// be the initials or another subsequence of the title.
  static func rank(title: String, detail: String, filter: String) -> Int? {
    let title = title.lowercased()
    let filter = filter.lowercased()
    let words = filter.split(separator: " ")
    if words.isEmpty { return 0 }
    if title.hasPrefix(words.joined(separator: " ")) { return 1 }
    let titleWords = title.split(separator: " ")
    if words.allSatisfy({ word in titleWords.contains { $0.hasPrefix(word) } }) { return 2 }
    let detail = detail.lowercased()
    if words.allSatisfy({ contains(title, $0) }) { return 3 }
    if words.allSatisfy({ contains(title, $0) || contains(detail, $0) }) { return 4 }
    return isSubsequence(words.joined(), of: title) ? worstRank : nil
  }

  private static func contains(_ text: String, _ word: Substring) -> Bool {
    let word = Array(word.utf8)
    let text = Array(text.utf8)
    guard text.count >= word.count else { return false }
    return (0...text.count - word.count).contains { text[$0..<$0 + word.count].elementsEqual(word) }
  }

  private static func isSubsequence(_ letters: String, of text: String) -> Bool {
    var rest = letters[...]
    for character in text {
      if rest.first == character { rest.removeFirst() }
      if rest.isEmpty { return true }
    }
    return rest.isEmpty
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
