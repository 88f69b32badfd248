import ChatEngine
import ChatModel
import ChatWire
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import aichat_tui

/// What `token_command` prints, how long it is kept, and how a run ends.
@Suite(.timeLimit(.minutes(1))) struct CredentialCommandTests {
  /// The time of day, as a test sets it.
  private final class Calendar: Sendable {
    private let seconds = Mutex(1000.0)
    var now: Double { seconds.withLock { $0 } }
    func advance(_ by: Double) { seconds.withLock { $0 += by } }
  }

  private func token(_ text: String) -> Credential { .accessToken(Secret(text)) }

  private func command(_ script: String, hasTerminal: Bool = true) -> CredentialCommand {
    let command = SecretCommand(command: script, environment: ["PATH": "/usr/bin:/bin"], hasTerminal: hasTerminal)
    return CredentialCommand(kind: .token, command: command, name: "providers.w.token_command")
  }

  /// A script that counts its runs in a file and prints a token with that number.
  private func counting(_ directory: String, _ rest: String) -> String {
    "n=$(cat \(directory)/n 2>/dev/null || echo 0); n=$((n+1)); echo $n >\(directory)/n; \(rest)"
  }

  private func directory() throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("aichat-tui-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test(
    arguments: [
      ("tok-1", "tok-1", nil),
      (#"{"accessToken":"a","expires_on":5000,"expiresOn":"2001-01-01 00:00:00.000000"}"#, "a", 5000),
      (#"{"access_token":"b","expires_in":"60"}"#, "b", 1060),
      (#"{"token":"c","expiresOn":"1970-01-01T01:00:00Z"}"#, "c", 3600),
      (#"{"token":"d","expiresOn":"1970-01-01T01:00:00.5+01:00"}"#, "d", 0), (#"{"token":"e"}"#, "e", nil),
      (#"{"token":"f","expires_on":"1700000000000"}"#, "f", 1_700_000_000), (#""g""#, "g", nil),
      // {"exp":4000}
      ("x.eyJleHAiOjQwMDB9.y", "x.eyJleHAiOjQwMDB9.y", 4000), ("x.$$.y", "x.$$.y", nil),
    ] as [(String, String, Double?)])
  func tokensAndTheirEnds(_ text: String, _ token: String, _ expiry: Double?) throws {
    let printed = try PrintedCredential.read(text, .token, now: 1000)
    #expect(printed == PrintedCredential(credential: self.token(token), expiry: expiry))
  }

  @Test func localTimeIsUnderstood() throws {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    var buffer = [CChar](repeating: 0, count: 40)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M:%S.000000", &parts)
    let text = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #expect(TimestampText.seconds(text) == Double(now))
    #expect(TimestampText.seconds("tomorrow, at some time") == nil)
  }

  @Test(arguments: ["{", "{}", #"{"accessToken":""}"#, "a\nb", #"{"accessToken":7,"secret":"hush"}"#])
  func whatIsNoTokenIsNotRepeated(_ text: String) {
    let error = #expect(throws: SecretCommandError.self) { try PrintedCredential.read(text, .token, now: 0) }
    #expect(error?.reason.contains("hush") == false)
  }

  @Test func aTokenIsKeptUntilAMinuteBeforeItsEnd() async throws {
    let directory = try directory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let calendar = Calendar()
    let script = counting(directory, #"echo "{\"accessToken\":\"t$n\",\"expires_in\":600}""#)
    let source = CommandCredentials(command(script)) { calendar.now }
    #expect(try await source.credential(insteadOf: nil) == token("t1"))
    calendar.advance(539)
    #expect(try await source.credential(insteadOf: nil) == token("t1"))
    calendar.advance(1)
    #expect(try await source.credential(insteadOf: nil) == token("t2"))
    // One that was refused is not given again, whatever its end; one that is new by now is not asked for twice.
    #expect(try await source.credential(insteadOf: token("t2")) == token("t3"))
    #expect(try await source.credential(insteadOf: token("t2")) == token("t3"))
  }

  @Test func severalShareOneRun() async throws {
    let directory = try directory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try #require(mkfifo(directory + "/gate", 0o600) == 0)
    let script = counting(directory, "cat \(directory)/gate >/dev/null; echo t$n")
    let source = CommandCredentials(command(script)) { 0 }
    async let first = source.credential(insteadOf: nil)
    async let second = source.credential(insteadOf: nil)
    // Opens once the command reads, ends its waiting when closed.
    let path = directory + "/gate"
    _ = await Blocking.call { close(open(path, O_WRONLY)) }
    #expect(try await [first, second] == [token("t1"), token("t1")])
  }

  @Test(arguments: [true, false]) func aCancelledRunEndsAtOnce(_ hasTerminal: Bool) async throws {
    let directory = try directory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let path = directory + "/gate"
    try #require(mkfifo(path, 0o600) == 0)
    let source = CommandCredentials(command("echo >\(path); sleep 600; echo t", hasTerminal: hasTerminal)) { 0 }
    let asking = Task { await source.outcome(insteadOf: nil) }
    // The command runs once this can be opened.
    await Blocking.call {
      let end = open(path, O_RDONLY)
      var byte: UInt8 = 0
      _ = read(end, &byte, 1)
      close(end)
    }
    asking.cancel()
    let outcome = await asking.value
    guard case .failure(let error) = outcome else {
      Issue.record("a stopped command gave a token")
      return
    }
    #expect(error.message.contains("was stopped"))
  }

  private func secret(_ script: String) throws(SecretCommandError) -> String {
    try SecretCommand(command: script, environment: ["PATH": "/usr/bin:/bin"]).run()
  }

  @Test func whatLivesOnInTheBackgroundIsNotWaitedFor() throws {
    let directory = try directory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    #expect(try secret("sleep 600 & echo $! >\(directory)/pid; echo k") == "k")
    let text = try String(contentsOfFile: directory + "/pid", encoding: .utf8)
    let child = try #require(pid_t(text.trimmingCharacters(in: .newlines)))
    #expect(kill(child, SIGKILL) == 0, "what it left behind was ended")
  }

  @Test func aCommandThatClosesItsOutputIsWaitedFor() throws {
    #expect(try secret("echo k; exec >&- 2>&-; sleep 0.1; true") == "k")
    #expect(throws: SecretCommandError(reason: "ended with exit code 4")) {
      try secret("echo k; exec >&- 2>&-; sleep 0.1; exit 4")
    }
  }

  @Test(arguments: [
    ("echo one >&2; printf 'two \\033[31mred\\n' >&2; exit 3", "ended with exit code 3: two ␛[31mred"),
    ("echo hushhush; echo 'got hushhush here' >&2; exit 1", "ended with exit code 1: got ••• here"),
    ("echo 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x' >&2; exit 1", "ended with exit code 1: Bearer •••"),
    (
      "echo 'none: /usr/share/credentials/of/2026' >&2",
      "printed nothing: none: /usr/share/credentials/of/2026"
    ),
    ("exit 2", "ended with exit code 2"),
  ]) func onlyTheLastComplaintOfAFailureIsTold(_ script: String, _ reason: String) {
    #expect(throws: SecretCommandError(reason: reason)) { try secret(script) }
  }

  @Test func muchComplaintIsNoFailure() throws {
    #expect(try secret("yes 'a line of complaint' | head -c 200000 >&2; echo k") == "k")
  }
}
