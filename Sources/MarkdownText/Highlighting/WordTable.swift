/// The words of a language by their bytes: an open hash table, so that looking up makes no string.
struct WordTable: Sendable {
  private struct Entry: Sendable {
    var start: Int
    var count: Int
    var kind: CodeToken.Kind
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Indices into `entries` plus 1; 0 is free. Their number is a power of two, at least twice that of the entries.
  private var slots: [UInt16] = [0]
  private var longest = 0
  private let ignoresCase: Bool

  /// `lists`: words apart by blanks. Of a word in two lists the first counts. `ignoresCase`: the lists are in small letters.
  init(_ lists: [(CodeToken.Kind, String)], ignoresCase: Bool = false) {
    self.ignoresCase = ignoresCase
    var words: [(CodeToken.Kind, ArraySlice<UInt8>)] = []
    for (kind, list) in lists {
      for word in Array(list.utf8).split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) { words.append((kind, word)) }
    }
    var size = 2
    while size < words.count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for (kind, word) in words { insert(word, kind) }
  }

  private mutating func insert(_ word: ArraySlice<UInt8>, _ kind: CodeToken.Kind) {
    var slot = hash(word)
    while slots[slot] != 0 {
      if equals(entries[Int(slots[slot]) - 1], word) { return }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(Entry(start: bytes.count, count: word.count, kind: kind))
    bytes += word
    slots[slot] = UInt16(entries.count)
    longest = max(longest, word.count)
  }

  /// What the word is, nil where it is none of the table's.
  func kind(of word: ArraySlice<UInt8>) -> CodeToken.Kind? {
    guard !word.isEmpty, word.count <= longest else { return nil }
    var slot = hash(word)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if equals(entry, word) { return entry.kind }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// FNV-1a.
  private func hash(_ word: ArraySlice<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in word { hash = (hash ^ UInt32(ignoresCase ? byte.lowered : byte)) &* 16_777_619 }
    return Int(hash ^ (hash >> 15)) & (slots.count - 1)
  }

  private func equals(_ entry: Entry, _ word: ArraySlice<UInt8>) -> Bool {
    guard entry.count == word.count else { return false }
    for (offset, byte) in word.enumerated() where bytes[entry.start + offset] != (ignoresCase ? byte.lowered : byte) {
      return false
    }
    return true
  }
}
