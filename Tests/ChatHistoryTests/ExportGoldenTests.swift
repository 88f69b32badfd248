import ChatHistory
import ChatModel
import FoundationEssentials
import Testing

/// The sample in each form, as `Fixtures/exports` has it. With `RECORD_SCREENPLAYS=1` the files are written anew, for the
/// diff to be reviewed.
@Suite struct ExportGoldenTests {
  static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures/exports"

  @Test(
    arguments: zip(
      ExportFormat.allCases, ["sample.md", "sample.json", "sample.jsonl", "sample.openai.jsonl", "sample.html"]))
  func golden(format: ExportFormat, name: String) throws {
    let path = "\(Self.folder)/\(name)"
    let actual = format.text(of: [SampleConversation.conversation])
    if ProcessInfo.processInfo.environment["RECORD_SCREENPLAYS"] == "1" {
      try actual.write(toFile: path, atomically: true, encoding: .utf8)
      return
    }
    let expected = try String(contentsOfFile: path, encoding: .utf8)
    if expected != actual {
      let pairs = zip(
        expected.split(separator: "\n", omittingEmptySubsequences: false),
        actual.split(separator: "\n", omittingEmptySubsequences: false))
      let place = pairs.prefix { $0 == $1 }.count
      let pair = pairs.dropFirst(place).first { _ in true }
      Issue.record("\(name), line \(place + 1): expected \(pair?.0 ?? "the end"), is \(pair?.1 ?? "the end")")
    }
  }
}
