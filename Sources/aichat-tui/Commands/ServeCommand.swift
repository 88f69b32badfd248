import ChatEngine
import ChatServer
import CursesTerminal
import Glibc

/// `serve`: the configured service behind an HTTP server on loopback.
enum ServeCommand {
  /// What waits of a response while its client is slow to read it.
  private static let capacity = 256 << 10
  /// How long answers may take to end once the program is to end.
  private static let grace = Duration.seconds(5)

  /// Runs the command; returns the code to end with.
  static func run(_ options: Options, _ process: [String: String], _ console: Console) throws(CommandFailure)
    -> ExitCode
  {
    let configuration = try Configuration(ConfigurationSources(reading: options, process: process), need: .turn)
    let access = try access(options.serving)
    let signals = try SignalWatch()
    let clock = PausableClock()
    let connection = try ChatConnection(configuration, clock: clock, capacity: capacity)
    defer { connection.close() }
    let offer = try offer(configuration, connection)
    let server: RelayServer
    do {
      server = try RelayServer.start(offer, access: access, clock: clock)
    } catch {
      throw CommandFailure(code: .unavailable, message: "port \(options.serving.port ?? defaultPort): \(error)")
    }
    if access.isOpenToOthers {
      console.complain("aichat-tui: others can reach this address, and http is not encrypted on the way")
    }
    let ending = FirstSignal()
    let (end, ended) = AsyncStream<Void>.makeStream()
    signals.start(clock: clock) { signal in
      guard ending.note(signal) else { _exit(signal.exitCode) }
      ended.finish()
    }
    do throws(Console.WriteError) { try console.write(server.address + "\n") } catch {
      return console.ending(with: error)
    }
    Blocking.run {
      for await _ in end {}
      await server.finish(within: grace)
    }
    return ending.value.map { ExitCode($0) } ?? .unexpected
  }

  private static let defaultPort = 8787

  private static func offer(
    _ configuration: Configuration, _ connection: ChatConnection
  ) throws(CommandFailure) -> RelayService {
    RelayService(
      try connection.service(for: configuration), transport: connection.transport, tools: configuration.tools,
      systemPrompt: configuration.systemPrompt, isPromptChosen: configuration.isPromptChosen,
      prompts: configuration.library.systemPrompts)
  }

  private static func access(_ serving: Options.Serving) throws(CommandFailure) -> RelayAccess {
    let host = serving.host ?? "127.0.0.1"
    guard let port = UInt16(exactly: serving.port ?? defaultPort) else {
      throw .usage("--port wants a number up to 65535, not “\(serving.port ?? 0)”")
    }
    if let name = serving.hosts.first(where: { $0.isEmpty || $0.contains("/") || $0.contains("*") }) {
      throw .usage("--allow-host wants a name like chat.example or chat.example:8443, not “\(name)”")
    }
    if let origin = serving.origins.first(where: { !RelayAccess.isOrigin($0) }) {
      throw .usage("--allow-origin wants an origin like https://chat.example, not “\(origin)”")
    }
    let token = try serving.tokenFile.map(token(in:)) ?? RelayToken()
    guard
      let access = RelayAccess(host: host, port: port, token: token, hosts: serving.hosts, origins: serving.origins)
    else { throw .usage("--host wants an address like 127.0.0.1, 0.0.0.0 or ::1, not “\(host)”") }
    return access
  }

  /// The token of a file, which is written where it is missing.
  private static func token(in path: String) throws(CommandFailure) -> RelayToken {
    let content: FileContent
    do throws(FileContent.ReadError) { content = try FileContent.read(path, limit: 4096) } catch {
      guard error.isMissing else { throw .configuration("--token-file \(path): \(error.reason)") }
      return try newToken(in: path)
    }
    guard content.isPrivate else {
      throw .configuration("--token-file \(path): others can read it; chmod 600 makes it yours alone")
    }
    let text = String(decoding: content.bytes, as: UTF8.self)
    guard let token = RelayToken(text.filter { !$0.isWhitespace }) else {
      throw .configuration(
        "--token-file \(path): holds no token: 32 characters at least, letters, digits and -._~+/= only")
    }
    return token
  }

  private static func newToken(in path: String) throws(CommandFailure) -> RelayToken {
    let token = RelayToken()
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .configuration("--token-file \(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    do throws(Console.WriteError) { try Console(output: file).write(token.text + "\n") } catch {
      unlink(path)
      throw .configuration("--token-file \(path): \(String(cString: strerror(error.number)))")
    }
    return token
  }
}
