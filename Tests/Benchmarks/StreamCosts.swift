import Glibc
import TestSupport

/// What an answer costs in the running program, beside `curl -N` on the same stream.
struct StreamCosts {
  private let program: String
  private let server: StreamServer

  private static let rate = StreamServer.Script(name: "at-a-rate", pieces: 800, rate: 80)
  private static let burst = StreamServer.Script(name: "in-a-burst", pieces: 20_000, rate: nil)

  /// `program`: the path of the release build.
  init(program: String) throws {
    self.program = program
    server = try StreamServer([Self.rate, Self.burst])
  }

  /// What one stream cost its client.
  private struct Cost {
    /// Seconds from the request, or from Enter, to the end.
    var wall: Double
    /// Seconds of processor time.
    var cpu: Double
    /// Seconds from the server's last write to the end on the screen.
    var lag = 0.0
    /// Bytes written to the terminal.
    var bytes = 0
  }

  /// Measures both streams.
  func measure(into report: inout Report) throws {
    report.title("\(Self.rate.pieces) pieces at 80 a second, beside curl -N")
    guard let rate = try chat(Self.rate), let floor = Curl.read(server.url, Self.rate.name) else {
      return report.fail("the stream did not come to its end")
    }
    report.add("curl's processor time", floor.cpu * 1000, "ms")
    report.add("ours, for each second of stream", rate.cpu * 1000 / rate.wall, "ms", budget: 16)
    report.add("ours to curl's", rate.cpu / floor.cpu, "x")
    report.add("the end is seen after the last write", rate.lag * 1000, "ms", budget: 50)
    report.add("written to the terminal, a piece", Double(rate.bytes) / Double(Self.rate.pieces), "bytes", budget: 50)
    try burst(&report)
  }

  private func burst(_ report: inout Report) throws {
    report.title("\(Self.burst.pieces) pieces as fast as they go, beside curl -N (medians of 3)")
    var ours: [Cost] = []
    var floors: [Cost] = []
    for _ in 0..<3 {
      guard let floor = Curl.read(server.url, Self.burst.name), let cost = try chat(Self.burst) else {
        return report.fail("the stream did not come to its end")
      }
      floors.append(Cost(wall: floor.wall, cpu: floor.cpu))
      ours.append(cost)
    }
    let floor = floors.map(\.wall).median
    let limit = 3 * floor + 0.1
    report.add("curl", floor * 1000, "ms")
    report.add("the end is seen after", ours.map(\.wall).median * 1000, "ms", budget: limit * 1000)
    report.add("ours to curl's, in processor time", ours.map(\.cpu).median / floors.map(\.cpu).median, "x")
  }

  /// One question to the program, until the end of the answer is on its screen; nil when it never is.
  private func chat(_ script: StreamServer.Script) throws -> Cost? {
    let terminal = try PtyTerminal(
      program, ["--no-history"],
      environment: ["OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "key", "OPENAI_MODEL": "bench"], rows: 40,
      columns: 120)
    guard terminal.wait(for: { $0.text.contains("\n>") }) else { return nil }
    terminal.send(script.name)
    guard terminal.waitForText("> \(script.name)") else { return nil }
    let bytes = terminal.output.count
    let cpu = Self.processorTime(of: terminal.pid)
    let start = ContinuousClock.now
    terminal.send("\r")
    guard terminal.waitForText(StreamServer.end, timeout: .seconds(60)) else { return nil }
    let end = ContinuousClock.now
    let cost = Cost(
      wall: (end - start) / .seconds(1), cpu: Self.processorTime(of: terminal.pid) - cpu,
      lag: server.lastWritten.map { max(0, (end - $0) / .seconds(1)) } ?? 0, bytes: terminal.output.count - bytes)
    // Ctrl-D on an empty input quits.
    terminal.send("\u{4}")
    return terminal.waitForExit() == 0 ? cost : nil
  }

  /// Seconds that all threads of a process have computed.
  private static func processorTime(of process: Int32) -> Double {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
