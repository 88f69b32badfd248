import Glibc
import TerminalModel

/// Runs the command that takes copied text on its standard input: `wl-copy`, `xclip -selection clipboard`, `pbcopy`.
///
/// It gets no terminal, no output of ours and no keys in its environment. What it leaves behind to serve the clipboard, as
/// `xclip` does, lives on.
struct CopyCommand: Equatable, Sendable {
  /// The program, sought in PATH, and its arguments.
  var arguments: [String]
  var environment: [String: String]
  /// How long it may take.
  var limit = Duration.seconds(5)

  /// What messages call it.
  var name: String { arguments.starts(with: Self.shell) ? arguments.dropFirst(2).joined() : arguments.first ?? "" }

  /// `line`: for the shell.
  init(line: String, environment: [String: String]) {
    self.init(arguments: Self.shell + [line], environment: environment)
  }

  init(arguments: [String], environment: [String: String]) {
    self.arguments = arguments
    self.environment = environment
  }

  private static let shell = ["/bin/sh", "-c"]

  /// The command that hands a text to tmux and the clipboard of the terminal around it, whether or not tmux lets programs
  /// do so themselves; nil outside of tmux. Before tmux 3.2 it fails.
  static func ofMultiplexer(environment: [String: String]) -> CopyCommand? {
    guard environment["TMUX"]?.isEmpty == false else { return nil }
    return CopyCommand(arguments: ["tmux", "load-buffer", "-w", "-"], environment: environment)
  }

  /// Gives the text to the command and waits until it ends; the failure says why in words.
  func run(_ text: String) async -> CopyOutcome {
    guard let input = MemoryFile.holding(text), let errors = MemoryFile.holding("") else {
      return .failed(command: name, reason: "could not be started: no memory")
    }
    defer { for file in [input, errors] { close(file) } }
    let child: pid_t
    switch ChildProcess.spawn(arguments, environment: environment, input: input, output: nil, errors: errors) {
    case .success(let pid): child = pid
    case .failure(let failure): return .failed(command: name, reason: failure.reason)
    }
    let interruption = CommandInterruption()
    interruption.began(-child)
    let alarm = Task.detached { [limit] in
      try await Task.sleep(for: limit)
      interruption.raise()
    }
    await Blocking.call { ChildProcess.awaitEnd(child) }
    interruption.ended()
    alarm.cancel()
    let status = ChildProcess.wait(child)
    if interruption.isRaised { return .failed(command: name, reason: "took longer than \(limit.components.seconds) s") }
    if let reason = ChildProcess.failure(status) {
      return .failed(command: name, reason: reason + Self.complaint(in: errors))
    }
    return .taken(command: name)
  }

  /// What the command had to say of its failure: the first line, safe to be shown.
  private static func complaint(in file: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 400)
    let count = max(0, pread(file, &buffer, buffer.count, 0))
    let text = Sanitiser.terminalSafe(String(decoding: buffer[..<count], as: UTF8.self))
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    return line.isEmpty ? "" : ": \(line)"
  }
}
