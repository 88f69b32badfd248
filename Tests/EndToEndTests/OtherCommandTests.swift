import Glibc
import TestSupport
import Testing

/// `config`, `models` and the texts about the program itself.
struct OtherCommandTests {
  @Test func initWritesAFileThatIsRight() async throws {
    let scratch = Scratch()
    let environment = ["XDG_CONFIG_HOME": scratch.path + "/new"]
    let path = scratch.path + "/new/aichat-tui/config.json"
    let first = try await Program.run(["config", "init"], environment)
    #expect(first.code == 0 && first.output.contains(path), "\(first)")
    var information = stat()
    #expect(stat(path, &information) == 0 && information.st_mode & 0o777 == 0o600)
    #expect(stat(scratch.path + "/new/aichat-tui", &information) == 0 && information.st_mode & 0o777 == 0o700)
    let again = try await Program.run(["config", "init"], environment)
    #expect(again.code == 78 && again.errors.contains("exists already"))
    let check = try await Program.run(["config", "check"], environment)
    #expect(check.code == 0 && check.output.contains("Nothing is wrong"), "\(check)")
  }

  @Test func checkNamesOriginsAndMistakes() async throws {
    let environment = [
      "AZURE_OPENAI_ENDPOINT": "https://a.example", "AZURE_OPENAI_API_KEY": Program.key,
      "AZURE_OPENAI_CHAT_DEPLOYMENT": "dep",
    ]
    let right = try await Program.run(["config", "check", "--chunk-timeout", "5"], environment)
    #expect(right.code == 0)
    for word in [
      "https://a.example", "AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_CHAT_DEPLOYMENT", "set  ", "--chunk-timeout", "5.0 s",
    ] {
      #expect(right.output.contains(word), "\(right.output) lacks \(word)")
    }
    let wrong = try await Program.run(["config", "check"], ["AZURE_OPENAI_ENDPOINT": "https://a.example"])
    #expect(wrong.code == 78 && wrong.output.contains("AZURE_OPENAI_API_KEY"))
    let open = try await Program.run(
      ["config", "check"], ["OPENAI_BASE_URL": "http://a.example/v1", "OPENAI_API_KEY": Program.key])
    #expect(open.code == 78 && open.output.contains("plain http"), "\(open.output)")
  }

  @Test func modelsAreListed() async throws {
    let server = try FaultServer { _ in
      [.response(200, body: #"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#)]
    }
    let outcome = try await Program.run(["models"], Program.openAI(server.url))
    #expect(outcome.output == "a\nb\n" && outcome.code == 0)
    #expect(server.requests.first?.target == "/v1/models")
    let refusing = try FaultServer { _ in [.response(401, body: "{}")] }
    #expect(try await Program.run(["models"], Program.openAI(refusing.url)).code == 77)
  }

  @Test func helpAndVersion() async throws {
    let help = try await Program.run(["ask", "--help"])
    #expect(help.code == 0 && help.output.contains("--chunk-timeout S") && help.errors == "")
    #expect(try await Program.run(["--version"]).output.hasPrefix("aichat-tui "))
  }
}
