import CursesTerminal
import Glibc

/// Starts the probe on the terminal of standard input and output.
@main enum Main {
  static func main() {
    do {
      let signals = try SignalPipe()
      let exitCode = try TerminalActor.assumeIsolated { try run(signals) }
      exit(exitCode)
    } catch {
      let message = Array("\(error)\n".utf8)
      _ = write(STDERR_FILENO, message, message.count)
      exit(64)
    }
  }

  @TerminalActor private static func run(_ signals: SignalPipe) throws(TerminalError) -> Int32 {
    let terminal = try CursesTerminal(signals: signals, environment: environment())
    let probe = Probe(
      terminal: terminal, fixed: fixedLines(),
      links: CommandLine.arguments.contains("--links") ? LinkPages() : nil,
      scrolled: CommandLine.arguments.contains("--scroll") ? ScrolledPages() : nil)
    sendJobs(to: probe)
    TerminalActor.shared.loop.run(
      signals: signals, onInput: { probe.input() }, onSignal: { probe.signal($0) },
      afterBatch: {
        probe.paint()
        return nil
      })
    probe.close()
    return probe.exitCode
  }

  /// Jobs from another thread, as a stream's updates would come.
  private static func sendJobs(to probe: Probe) {
    guard let index = CommandLine.arguments.firstIndex(of: "--jobs"), index + 1 < CommandLine.arguments.count else {
      return
    }
    let count = Int(CommandLine.arguments[index + 1]) ?? 0
    Task.detached {
      for number in 0..<count { await probe.note("job \(number)") }
      await probe.note("jobs done")
    }
  }

  private static func fixedLines() -> [String] {
    guard let index = CommandLine.arguments.firstIndex(of: "--cells"), index + 1 < CommandLine.arguments.count,
      let file = fopen(CommandLine.arguments[index + 1], "r")
    else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\u{1E}").map(String.init)
  }

  private static func environment() -> [String: String] {
    var values: [String: String] = [:]
    for name in ["TERM", "NO_COLOR", "ESCDELAY", "TMUX", "STY", "FORCE_HYPERLINK"] {
      if let value = getenv(name) { values[name] = String(cString: value) }
    }
    return values
  }
}
