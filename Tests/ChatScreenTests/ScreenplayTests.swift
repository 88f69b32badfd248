import FoundationEssentials
import Testing

/// Every play of `Fixtures/screenplays`. With `RECORD_SCREENPLAYS=1` they are written anew, for the diff to be reviewed.
@Suite struct ScreenplayTests {
  static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures/screenplays"

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  @Test func thereArePlays() { #expect(Self.names.count >= 15) }

  @Test(arguments: names) func play(name: String) throws {
    let path = "\(Self.folder)/\(name)"
    let expected = try String(contentsOfFile: path, encoding: .utf8)
    let actual = try Screenplay.run(expected)
    if ProcessInfo.processInfo.environment["RECORD_SCREENPLAYS"] == "1" {
      if actual != expected { try actual.write(toFile: path, atomically: true, encoding: .utf8) }
      return
    }
    if actual != expected { Issue.record(Comment(rawValue: Self.difference(name, expected, actual))) }
  }

  /// The first part of the play that differs, as expected and as it is, with the line that led to it.
  private static func difference(_ name: String, _ expected: String, _ actual: String) -> String {
    let expected = parts(expected)
    let actual = parts(actual)
    guard let index = expected.indices.first(where: { $0 >= actual.count || expected[$0] != actual[$0] }) else {
      return "\(name): more came than expected"
    }
    let now = index < actual.count ? actual[index] : []
    return ([name, "--- expected"] + expected[index] + ["--- actual"] + now).joined(separator: "\n")
  }

  /// The lines of a play, each with what was recorded after it.
  private static func parts(_ text: String) -> [[String]] {
    var parts: [[String]] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if Screenplay.isRecorded(line), !parts.isEmpty {
        parts[parts.count - 1].append(line)
      } else {
        parts.append([line])
      }
    }
    return parts
  }
}
