/// Words to look for, whatever the case of their letters. A blank finds any one blank, tab or line end.
struct SearchPattern: Equatable, Sendable {
  /// The UTF-8 forms of each character.
  private let forms: [[[UInt8]]]
  /// The bytes of words that are all ASCII, folded.
  private let folded: [UInt8]?
  /// The bytes that a hit may begin with.
  private let isFirst: [Bool]

  /// Nil where there is nothing to look for.
  init?(_ words: String) {
    guard !words.isEmpty else { return nil }
    let forms = words.unicodeScalars.map(Self.forms)
    self.forms = forms
    let isASCII = words.utf8.allSatisfy { $0 < 0x80 }
    folded = isASCII ? words.utf8.map(Self.fold) : nil
    var isFirst = [Bool](repeating: false, count: 256)
    for form in forms[0] { isFirst[Int(form[0])] = true }
    self.isFirst = isFirst
  }

  /// The hits in a text, none within another, as UTF-8 offsets.
  func hits(in text: String) -> [Range<Int>] {
    var hits: [Range<Int>] = []
    var text = text
    text.withUTF8 { forEachHit(in: $0) { hits.append($0) } }
    return hits
  }

  /// How many hits there are in a text.
  func count(in text: String) -> Int {
    var count = 0
    var text = text
    text.withUTF8 { forEachHit(in: $0) { _ in count += 1 } }
    return count
  }

  /// Calls `body` with each hit, none within another.
  func forEachHit(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
    isFirst.withUnsafeBufferPointer { isFirst in
      var index = 0
      while index < bytes.count {
        if isFirst[Int(bytes[index])], let end = end(ofHitAt: index, in: bytes) {
          body(index..<end)
          index = end
        } else {
          index += 1
        }
      }
    }
  }

  private func end(ofHitAt start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    if let folded {
      guard bytes.count - start >= folded.count else { return nil }
      for index in folded.indices where Self.fold(bytes[start + index]) != folded[index] { return nil }
      return start + folded.count
    }
    var index = start
    for forms in forms {
      guard let form = forms.first(where: { Self.holds(bytes, $0, at: index) }) else { return nil }
      index += form.count
    }
    return index
  }

  private static func holds(_ bytes: UnsafeBufferPointer<UInt8>, _ form: [UInt8], at start: Int) -> Bool {
    guard bytes.count - start >= form.count else { return false }
    return form.indices.allSatisfy { bytes[start + $0] == form[$0] }
  }

  /// An ASCII letter as a small one, blanks as a space.
  private static func fold(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x41...0x5A: byte | 0x20
    case 0x09, 0x0A, 0x0D: 0x20
    default: byte
    }
  }

  /// A scalar in either case, where that is one scalar too; a blank in all of its forms.
  private static func forms(of scalar: Unicode.Scalar) -> [[UInt8]] {
    if fold(UInt8(truncatingIfNeeded: scalar.value)) == 0x20, scalar.value < 0x80 { return [[0x20], [0x0A], [0x09]] }
    func only(_ mapping: String) -> Unicode.Scalar? {
      mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
    }
    var scalars = [scalar]
    for mapping in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
      guard let other = only(mapping) else { continue }
      scalars.append(other)
      if let small = only(other.properties.lowercaseMapping) { scalars.append(small) }
    }
    // The two small sigmas have one capital.
    if scalars.contains("σ") { scalars.append("ς") }
    return Set(scalars).map { Array(String($0).utf8) }
  }
}
