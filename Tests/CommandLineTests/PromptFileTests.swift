import ChatModel
import ChatScreen
import Foundation
import TestSupport
import Testing

@testable import aichat_tui

/// The files of the user's system prompts.
@Suite struct PromptFileTests {
  private let home = TemporaryHome()
  private var directory: String { home.path + "/config/prompts" }
  private var files: PromptFiles { PromptFiles(places: PromptPlaces(directory: directory)) }

  /// Has a request done, and every edited text replaced.
  private func perform(_ request: PromptRequest, typing text: EditOutcome = .failed("no editor")) async throws -> (
    list: PromptList, change: PromptChange?
  ) {
    guard case .prompts(let list, let change) = await files.perform(request, edit: { _ in text }) else {
      Issue.record("no list of prompts")
      return (PromptList([]), nil)
    }
    return (list, change)
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }

  @Test func aNewOneIsWrittenForItsUserAlone() async throws {
    let text = "---\nname: Sea dog\ntemperature: 0.2\n---\nArr!"
    let (list, change) = try await perform(.create, typing: .text(text))
    #expect(change == .written("Sea dog"))
    #expect(try String(contentsOfFile: directory + "/sea-dog.md", encoding: .utf8) == text + "\n")
    #expect(try mode(directory + "/sea-dog.md") == 0o600 && mode(directory) == 0o700)
    #expect(try mode(home.path + "/config") == 0o700)
    let prompt = try #require(list.prompts.last)
    #expect(prompt.wishes.temperature == 0.2 && prompt.source == .file(directory + "/sea-dog.md"))
    #expect(try names() == ["sea-dog.md"])
  }

  @Test(arguments: [
    EditOutcome.text(PromptDocument.blank), .text("---\nname: x\n---\n"), .text(""), .failed("vi ended badly"),
  ]) func whatIsNoPromptIsNotWritten(_ outcome: EditOutcome) async throws {
    let (_, change) = try await perform(.create, typing: outcome)
    guard case .refused = change else {
      Issue.record("written: \(String(describing: change))")
      return
    }
    #expect(!FileManager.default.fileExists(atPath: directory))
  }

  @Test func oneThatIsBuiltInGetsAFileInItsPlaceAndComesBackWhenThatGoes() async throws {
    let (list, change) = try await perform(
      .edit(.helpful), typing: .text("---\nname: helpful assistant\n---\nBe kind.\n"))
    #expect(change == .written("helpful assistant", replacing: "helpful assistant"))
    #expect(list.prompts.count == SystemPrompt.builtIn.count && list.prompts[0].text == "Be kind.")
    let (after, deletion) = try await perform(.delete(list.prompts[0]))
    #expect(after.prompts == SystemPrompt.builtIn)
    guard case .deleted(let deleted) = deletion else {
      Issue.record("not deleted")
      return
    }
    let (restored, back) = try await perform(.restore(deleted))
    #expect(back == .restored("helpful assistant") && restored == list)
    #expect(try mode(deleted.path) == 0o600)
  }

  @Test func anOwnOneIsChangedWhereItIs() async throws {
    let (list, _) = try await perform(.create, typing: .text("Arr!"))
    let prompt = try #require(list.prompts.last)
    let (after, change) = try await perform(
      .edit(prompt), typing: .text("# kept\n---\nname: odd\n---\n\nYes.\n"))
    #expect(change == .written("prompt", replacing: "prompt"))
    #expect(after.prompts.last?.text.hasPrefix("# kept") == true)
    let (renamed, second) = try await perform(
      .edit(prompt), typing: .text("---\nname: parrot\nmodle: x\n---\nYes.\n"))
    guard case .written("parrot", replacing: "prompt", let problem?) = second else {
      Issue.record("\(String(describing: second))")
      return
    }
    #expect(problem.contains("modle") && renamed.prompts.last?.name == "parrot")
    #expect(try names() == ["prompt.md"])
    // No two of a name.
    let (_, other) = try await perform(.create, typing: .text("---\nname: Parrot\n---\nNo."))
    guard case .refused = other else {
      Issue.record("\(String(describing: other))")
      return
    }
  }

  @Test func copiesHaveNamesOfTheirOwn() async throws {
    let wishes = SystemPrompt.Wishes(provider: "work", model: "a: b", temperature: 0.5)
    let prompt = SystemPrompt(name: "say \"hi\"", summary: "#1", text: "One\n\n---\n\nTwo", wishes: wishes)
    let (first, change) = try await perform(.duplicate(prompt))
    #expect(change == .written("say \"hi\" 2"))
    let copy = try #require(first.prompts.last)
    #expect(copy.text == prompt.text && copy.wishes == wishes && copy.summary == "#1")
    let (second, _) = try await perform(.duplicate(prompt))
    #expect(second.prompts.last?.name == "say \"hi\" 3")
    #expect(try names() == ["say-hi-2.md", "say-hi-3.md"])
  }

  @Test func theDefaultIsAFileBesideThem() async throws {
    let (list, change) = try await perform(.makeDefault(SystemPrompt.builtIn[1]))
    #expect(change == .madeDefault("concise") && list.standard == "concise")
    let sources = ConfigurationSources(
      options: try Options(arguments: []), environment: Environment(process: [:]),
      file: try ConfigurationFile(text: #"{ prompt: "tutor" }"#, path: "c.json"), library: files.places.read())
    #expect(try Configuration(sources, need: .chat).systemPrompt.name == "concise")
    let (after, _) = try await perform(.makeDefault(nil))
    #expect(after.standard == nil)
  }

  @Test func patternsArePromptsThatStayAsTheyAre() async throws {
    for (name, text) in [("extract_wisdom", "# IDENTITY\n\nYou extract.\n"), ("concise", "Short."), ("empty", "")] {
      let folder = "\(home.path)/patterns/\(name)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try text.write(toFile: folder + "/system.md", atomically: true, encoding: .utf8)
    }
    let places = PromptPlaces(directory: directory, patterns: home.path + "/patterns")
    let library = places.read()
    #expect(library.problems == [])
    #expect(library.systemPrompts.last?.text == "# IDENTITY\n\nYou extract.")
    let concise = try #require(library.systemPrompts.first { $0.name == "concise" })
    #expect(concise.text == "Short." && concise.source == .pattern(home.path + "/patterns/concise/system.md"))
    let event = await PromptFiles(places: places).perform(.edit(concise)) { .text($0 + "More.\n") }
    guard case .prompts(let list, .written("concise", replacing: "concise", nil)) = event else {
      Issue.record("\(event)")
      return
    }
    #expect(list.prompts.first { $0.name == "concise" }?.text == "Short.\nMore.")
    #expect(try String(contentsOfFile: concise.source.path ?? "", encoding: .utf8) == "Short.")
    #expect(throws: CommandFailure.self) { try ConfigurationFile(text: #"{ patterns: "here" }"#, path: "c.json") }
  }
}
