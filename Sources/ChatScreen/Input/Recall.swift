/// The search through earlier inputs, as readline has it: while words are typed it goes back from the newest.
struct Recall: Equatable, Sendable {
  private(set) var words = InputEditor()
  private var pattern: SearchPattern?
  /// The place in the earlier inputs; nil while nothing was found.
  private(set) var place: Int?
  /// The words stand nowhere, or nowhere further on.
  private(set) var isFailing = false

  /// Changes the words. What is found stays where they still stand in it.
  mutating func edit(_ entries: [String], _ change: (inout InputEditor) -> Void) {
    let before = words.text
    change(&words)
    if words.text == before { return }
    pattern = SearchPattern(words.text)
    let newest = entries.count - 1
    let found =
      pattern == nil ? nil : find(entries, from: place ?? newest, by: -1) ?? find(entries, from: newest, by: -1)
    isFailing = pattern != nil && found == nil
    if !isFailing { place = found }
  }

  /// Goes on to the next other input with the words; without words, to the next at all.
  mutating func step(_ entries: [String], _ direction: Action.FindStep) {
    let step = direction == .older ? -1 : 1
    var next = place.map { $0 + step } ?? (direction == .older ? entries.count - 1 : entries.count)
    let shown = place.map { entries[$0] }
    while let found = find(entries, from: next, by: step), entries[found] == shown { next = found + step }
    if let found = find(entries, from: next, by: step) {
      place = found
      isFailing = false
    } else {
      isFailing = true
    }
  }

  private func find(_ entries: [String], from start: Int, by step: Int) -> Int? {
    var index = start
    while entries.indices.contains(index) {
      if pattern == nil || hit(in: entries[index]) != nil { return index }
      index += step
    }
    return nil
  }

  /// Where the words stand in a text.
  func hit(in text: String) -> Range<String.Index>? {
    guard let hit = pattern?.hits(in: text).first else { return nil }
    func index(_ offset: Int) -> String.Index { text.utf8.index(text.startIndex, offsetBy: offset) }
    return index(hit.lowerBound)..<index(hit.upperBound)
  }

  /// Fits the words to their columns.
  mutating func settle(columns: Int) { _ = words.fit(columns: max(1, columns), maximumRows: 1) }
}
