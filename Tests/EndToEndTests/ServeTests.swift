import Glibc
import TestSupport
import Testing

/// `serve`, the real program.
@Suite(.timeLimit(.minutes(1)))
struct ServeTests {
  private static let listening = ["serve", "--port", "0"]

  /// The address that the program printed, without its token, and the token.
  private func address(_ output: String) throws -> (url: String, token: String) {
    let parts = output.split(whereSeparator: \.isNewline).first?.split(separator: "#") ?? []
    try #require(parts.count == 2, "\(output)")
    return (String(parts[0]), String(parts[1]))
  }

  @Test(arguments: [(SIGTERM, 143), (SIGINT, 130), (SIGHUP, 129)] as [(Int32, Int32)])
  func signalsEndIt(signal: Int32, code: Int32) async throws {
    let program = try Program(Self.listening + ["--provider", "demo"])
    #expect(await program.waitForOutput("\n"))
    program.send(signal)
    let outcome = await program.finish()
    #expect(outcome.code == code && outcome.errors == "")
    let (url, token) = try address(outcome.output)
    #expect(url.hasPrefix("http://127.0.0.1:") && url.hasSuffix("/") && token.count == 64)
  }

  @Test func theTokenOfAFileIsKept() async throws {
    let scratch = Scratch()
    let path = scratch.path + "/token"
    var tokens: [String] = []
    for _ in 1...2 {
      let program = try Program(Self.listening + ["--provider", "demo", "--token-file", path])
      #expect(await program.waitForOutput("\n"))
      program.send(SIGTERM)
      tokens.append(try address(await program.finish().output).token)
    }
    #expect(tokens[0] == tokens[1])
    var information = stat()
    #expect(stat(path, &information) == 0 && information.st_mode & 0o777 == 0o600)
    chmod(path, 0o644)
    let open = try await Program.run(Self.listening + ["--provider", "demo", "--token-file", path])
    #expect(open.code == 78 && open.errors.contains("chmod 600"))
    let short = scratch.write("short", "secret\n")
    let refused = try await Program.run(Self.listening + ["--provider", "demo", "--token-file", short])
    #expect(refused.code == 78 && !refused.errors.contains("secret"))
  }

  @Test(arguments: [
    ["--port", "65536"], ["--port", "x"], ["--host", "example.com"], ["--allow-host", "*"],
    ["--allow-origin", "chat.example"], ["--allow-origin", "https://chat.example/"], ["word"], ["--json"],
  ])
  func mistakesAreNamed(arguments: [String]) async throws {
    let outcome = try await Program.run(["serve", "--provider", "demo"] + arguments)
    #expect(outcome.code == 64 && outcome.errors.contains(arguments[0]), "\(outcome)")
  }

  @Test func aPortThatIsTakenIsSaid() async throws {
    let server = try FaultServer { _ in [] }
    let outcome = try await Program.run(["serve", "--provider", "demo", "--port", "\(server.port)"])
    #expect(outcome.code == 69 && outcome.errors.contains("\(server.port)"), "\(outcome)")
  }

  @Test func withNothingConfiguredItDoesNotStart() async throws {
    #expect(try await Program.run(Self.listening).code == 78)
  }
}
