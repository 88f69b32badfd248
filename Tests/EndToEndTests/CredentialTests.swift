import Foundation
import Glibc
import TestSupport
import Testing

/// `token_command` and `key_command` of the real program: what is sent, what is renewed, what is said; `finish` sees to it
/// that no run prints the key.
struct CredentialTests {
  private static let done = FaultServer.Step.chunk(
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")

  /// A configuration whose only provider has that command.
  private func configuration(_ scratch: Scratch, _ server: FaultServer, _ key: String, _ command: String) -> [String] {
    let path = scratch.write(
      "config.json",
      "{ provider: 'work', providers: { work: { type: 'openai', model: 'm', endpoint: '\(server.url)/v1', \(key): '\(command)' } } }"
    )
    return ["--config", path]
  }

  /// A script that prints JSON with the key and the number of its run.
  private func script(_ scratch: Scratch) -> String {
    scratch.write(
      "token.sh",
      """
      echo x >>\(scratch.path)/runs
      printf '{"accessToken":"\(Program.key)-%s","expires_in":3600}' $(wc -l <\(scratch.path)/runs)
      """)
  }

  @Test func aRefusedTokenIsRenewedOnce() async throws {
    let scratch = Scratch()
    let good = "Bearer \(Program.key)-2"
    let server = try FaultServer { request in
      request.header("Authorization") == good
        ? [.head(200), Self.done, .end]
        : [.response(401, body: #"{"error":{"message":"bad \#(request.header("Authorization") ?? "")"}}"#)]
    }
    let arguments = configuration(scratch, server, "token_command", "sh " + script(scratch))
    let outcome = try await Program.run(["ask", "x"] + arguments)
    #expect(outcome.code == 0 && outcome.output == "hi", "\(outcome)")
    #expect(server.requests.map { $0.header("Authorization") } == ["Bearer \(Program.key)-1", good])
  }

  @Test(arguments: [401, 403]) func aTokenThatIsNeverGoodIsAnAuthError(_ status: Int) async throws {
    let scratch = Scratch()
    let server = try FaultServer { request in
      [.response(status, body: #"{"error":{"message":"bad \#(request.header("Authorization") ?? "")"}}"#)]
    }
    let arguments = configuration(scratch, server, "token_command", "sh " + script(scratch))
    let outcome = try await Program.run(["ask", "x"] + arguments)
    #expect(outcome.code == 77 && outcome.errors.contains("providers.work.token_command"), "\(outcome)")
    #expect(server.requests.count == (status == 401 ? 2 : 1))
    let json = try await Program.run(["ask", "--json", "x"] + arguments)
    #expect(json.code == 77 && json.output.contains(#""kind":"auth""#))
  }

  @Test func theCommandInheritsNoKeys() async throws {
    let scratch = Scratch()
    let server = try FaultServer { _ in [.head(200), Self.done, .end] }
    let variables = scratch.write("env", "AZURE_OPENAI_AD_TOKEN=\(Program.key)\nOPENAI_API_KEY=\(Program.key)\n")
    let arguments = configuration(
      scratch, server, "key_command", "env >\(scratch.path)/inherited; echo \(Program.key)")
    let environment = ["AZURE_OPENAI_API_KEY": Program.key, "AZURE_AI_CHAT_API_KEY": Program.key, "KEPT": "1"]
    let outcome = try await Program.run(["ask", "x", "--env-file", variables] + arguments, environment)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(server.requests.last?.header("Authorization") == "Bearer \(Program.key)")
    let inherited = try String(contentsOfFile: scratch.path + "/inherited", encoding: .utf8)
    #expect(inherited.contains("KEPT=1") && !inherited.contains(Program.key))
  }

  @Test func aCommandThatFailsIsNamed() async throws {
    let scratch = Scratch()
    let server = try FaultServer { _ in [.head(200), Self.done, .end] }
    let arguments = configuration(scratch, server, "token_command", "echo \(Program.key); exit 3")
    for command in [["ask", "x"], ["models"], ["config", "check"]] {
      let outcome = try await Program.run(command + arguments)
      let said = outcome.errors + outcome.output
      #expect(outcome.code == 78 && said.contains("exit code 3") && said.contains("providers.work.token_command"))
    }
    #expect(server.requests.isEmpty)
  }

  @Test func anInterruptEndsTheCommand() async throws {
    let scratch = Scratch()
    let server = try FaultServer { _ in [.head(200), Self.done, .end] }
    let gate = scratch.path + "/gate"
    try #require(mkfifo(gate, 0o600) == 0)
    let arguments = configuration(scratch, server, "token_command", "echo >\(gate); sleep 600")
    let program = try Program(["ask", "x"] + arguments)
    // Can be opened once the command runs.
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let end = open(gate, O_RDONLY)
        var byte: UInt8 = 0
        _ = read(end, &byte, 1)
        close(end)
        continuation.resume()
      }
    }
    program.send(SIGINT)
    #expect(await program.finish().code == 130)
    #expect(server.requests.isEmpty)
  }

  @Test func azuresTokenTravelsAsBearer() async throws {
    let server = try FaultServer { _ in [.response(401, body: "{}")] }
    let environment = [
      "AZURE_OPENAI_ENDPOINT": server.url, "AZURE_OPENAI_AD_TOKEN": Program.key, "AZURE_OPENAI_DEPLOYMENT": "d",
    ]
    let outcome = try await Program.run(["ask", "x"], environment)
    #expect(outcome.code == 77 && outcome.errors.contains("AZURE_OPENAI_AD_TOKEN"), "\(outcome)")
    #expect(server.requests.map { $0.header("Authorization") } == ["Bearer \(Program.key)"])
    #expect(server.requests.first?.header("api-key") == nil)
  }

  @Test func servicesWithoutAListOfModelsSaySo() async throws {
    let environment = [
      "AZURE_AI_CHAT_ENDPOINT": "https://i.example", "AZURE_AI_CHAT_API_KEY": Program.key, "AZURE_AI_CHAT_MODEL": "m",
    ]
    let outcome = try await Program.run(["models"], environment)
    #expect(outcome.code == 78 && outcome.errors.contains("do not list their models"), "\(outcome)")
    let server = try FaultServer { _ in [.response(404, body: "{}")] }
    let missing = try await Program.run(["models"], Program.openAI(server.url))
    #expect(missing.code == 78 && missing.errors.contains("does not list its models"), "\(missing)")
  }

  @Test func azuresModelsAreListedByTheV1Route() async throws {
    let server = try FaultServer { _ in [.response(200, body: #"{"data":[{"id":"a"}]}"#)] }
    let environment = [
      "AZURE_OPENAI_ENDPOINT": server.url, "AZURE_OPENAI_API_KEY": Program.key, "AZURE_OPENAI_DEPLOYMENT": "d",
    ]
    let outcome = try await Program.run(["models"], environment)
    #expect(outcome.code == 0 && outcome.output == "a\n", "\(outcome)")
    #expect(server.requests.first?.target == "/openai/v1/models")
  }
}
