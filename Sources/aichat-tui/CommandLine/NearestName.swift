/// Finds what somebody probably meant to write.
enum NearestName {
  /// The candidate with the fewest edits from `name`; nil when none is near enough to be worth naming.
  static func find(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    let limit = max(1, wanted.count / 3)
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let distance = distance(wanted, Array(candidate.lowercased()))
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    if let best { return best.name }
    return candidates.first { !name.isEmpty && $0.lowercased().hasPrefix(name.lowercased()) }
  }

  /// `; did you mean …?` for the nearest candidate, empty when none is near.
  static func hint(_ name: String, among candidates: some Sequence<String>) -> String {
    find(name, among: candidates).map { "; did you mean \($0)?" } ?? ""
  }

  /// Insertions, removals, replacements and swaps of neighbours that turn one text into the other.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var rows = [Array(0...right.count)]
    for i in 0..<left.count {
      var row = [i + 1]
      for j in 0..<right.count {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
