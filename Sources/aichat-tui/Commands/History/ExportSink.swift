import Glibc
import TerminalModel

/// Where an export goes: to stdout, or to a file that only its owner can read and that is there whole or not at all.
struct ExportSink {
  private let console: Console
  private let path: String?
  /// Where it is written until it is whole; nil for what is no regular file.
  private let part: String?
  private let isTerminal: Bool
  /// Set once the reader of stdout went away.
  private var early: ExitCode?

  /// - Parameter path: nil, or `-`, for stdout. A file that is there is replaced.
  init(_ path: String?, _ console: Console) throws(CommandFailure) {
    guard let path, path != "-" else {
      (self.console, self.path, part, isTerminal) = (console, nil, nil, console.isOutputTerminal)
      return
    }
    self.path = path
    isTerminal = false
    var information = stat()
    let isRegular = stat(path, &information) != 0 || information.st_mode & S_IFMT == S_IFREG
    let part = isRegular ? "\(path).\(getpid()).part" : nil
    let flags = O_WRONLY | O_CLOEXEC | (isRegular ? O_CREAT | O_EXCL : 0)
    let descriptor = open(part ?? path, flags, 0o600)
    guard descriptor >= 0 else { throw .configuration("\(path): \(String(cString: strerror(errno)))") }
    self.part = part
    self.console = Console(output: descriptor)
  }

  mutating func write(_ text: String) throws(CommandFailure) {
    guard early == nil, !text.isEmpty else { return }
    do {
      try console.write(isTerminal ? Sanitiser.terminalSafe(text) : text)
    } catch {
      guard let path else {
        early = console.ending(with: error)
        return
      }
      discard()
      throw CommandFailure(code: .unexpected, message: "\(path): \(String(cString: strerror(error.number)))")
    }
  }

  /// Puts the file in its place; the code to end with.
  func finish() throws(CommandFailure) -> ExitCode {
    guard let path else { return early ?? .success }
    close(console.output)
    if let part, rename(part, path) != 0 {
      let reason = String(cString: strerror(errno))
      unlink(part)
      throw .configuration("\(path): \(reason)")
    }
    return .success
  }

  private func discard() {
    close(console.output)
    if let part { unlink(part) }
  }
}
