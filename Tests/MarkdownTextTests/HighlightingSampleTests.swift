import FoundationEssentials
import Testing

/// Every sample of `Fixtures/highlighting`. With `RECORD_SCREENPLAYS=1` they are written anew, for the diff to be reviewed.
@Suite struct HighlightingSampleTests {
  static let folder =
    #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures/highlighting"

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  @Test func thereAreSamples() { #expect(Self.names.count >= 20) }

  @Test(arguments: names) func sample(name: String) throws {
    let path = "\(Self.folder)/\(name)"
    let expected = try String(contentsOfFile: path, encoding: .utf8)
    let actual = HighlightingSample.run(expected)
    if ProcessInfo.processInfo.environment["RECORD_SCREENPLAYS"] == "1" {
      if actual != expected { try actual.write(toFile: path, atomically: true, encoding: .utf8) }
      return
    }
    let lines = zip(expected.split(separator: "\n"), actual.split(separator: "\n"))
    if actual != expected {
      let first = lines.first { $0 != $1 }
      Issue.record("\(name): expected \(String(first?.0 ?? "more")), found \(String(first?.1 ?? "more"))")
    }
  }
}
