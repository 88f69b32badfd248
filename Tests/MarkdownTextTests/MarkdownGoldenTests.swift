import FoundationEssentials
import Testing

/// Every document of `Fixtures/markdown`. With `RECORD_SCREENPLAYS=1` they are written anew, for the diff to be reviewed.
@Suite struct MarkdownGoldenTests {
  static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures/markdown"

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  @Test func thereAreDocuments() { #expect(Self.names.count >= 30) }

  @Test(arguments: names) func document(name: String) throws {
    let path = "\(Self.folder)/\(name)"
    let expected = try String(contentsOfFile: path, encoding: .utf8)
    let actual = MarkdownGolden.run(expected)
    if ProcessInfo.processInfo.environment["RECORD_SCREENPLAYS"] == "1" {
      if actual != expected { try actual.write(toFile: path, atomically: true, encoding: .utf8) }
      return
    }
    if actual != expected { Issue.record(Comment(rawValue: Self.difference(name, expected, actual))) }
  }

  /// From the first line that differs on: what was expected, and what is.
  private static func difference(_ name: String, _ expected: String, _ actual: String) -> String {
    let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let first = zip(expected, actual).prefix { $0 == $1 }.count
    let lines = ["\(name), line \(first + 1)", "--- expected"] + expected[first...].prefix(20) + ["--- actual"]
    return (lines + actual[first...].prefix(20)).joined(separator: "\n")
  }
}
