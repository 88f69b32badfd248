import FoundationEssentials

/// A Markdown file with places for screens, each between two comments:
///
/// ```text
/// <!-- screen: answer -->
/// <!-- end -->
/// ```
struct Readme {
  private var lines: [String]

  /// Reads the file.
  init(path: String) throws {
    lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// Puts a screen in its place, as a block of plain text.
  mutating func replace(_ name: String, by screen: [String]) throws {
    guard let start = lines.firstIndex(of: "<!-- screen: \(name) -->"),
      let end = lines[start...].firstIndex(of: "<!-- end -->")
    else { throw SceneFailure(description: "there is no place for the screen \(name)") }
    // The fence is longer than any that stands in a screen.
    lines.replaceSubrange(start + 1..<end, with: ["", "````text"] + screen + ["````", ""])
  }

  /// Writes the file anew.
  func write(to path: String) throws {
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }
}
