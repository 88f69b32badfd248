/// Fits the columns of a table into a width.
enum TableColumns {
  /// A column may be this narrow, whatever is in it, but no narrower than its words: those are cut only where they are
  /// longer than the second number.
  static let leastWidth = 6
  static let longestWord = 14

  /// Columns between two cells: a bar in spaces.
  static let gap = 3

  /// The width of each column; nil where words would be cut into pieces that nobody reads.
  ///
  /// `widths`: what each column would like; `words`: its longest word.
  static func fit(widths: [Int], words: [Int], into room: Int) -> [Int]? {
    let room = room - gap * (widths.count - 1)
    let widths = widths.map { max(1, $0) }
    let wanted = widths.reduce(0, +)
    if wanted <= room { return widths }
    let least = zip(widths, words).map { min($0, max(leastWidth, min($1, longestWord))) }
    let needed = least.reduce(0, +)
    guard needed <= room else { return nil }
    return share(room - needed, among: widths, from: least)
  }

  /// Gives each column of what is left in proportion to what it lacks; what remains of the rounding goes to the first ones.
  private static func share(_ spare: Int, among widths: [Int], from least: [Int]) -> [Int] {
    let lacking = zip(widths, least).map { $0 - $1 }
    let total = lacking.reduce(0, +)
    var result = zip(least, lacking).map { $0 + $1 * spare / max(1, total) }
    var rest = spare - zip(result, least).map { $0 - $1 }.reduce(0, +)
    for index in result.indices where rest > 0 && result[index] < widths[index] {
      result[index] += 1
      rest -= 1
    }
    return result
  }
}
