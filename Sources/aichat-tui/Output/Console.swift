import Glibc

/// Writes to stdout and stderr, whole and in order; knows interrupted, full and closed descriptors.
struct Console: Sendable {
  /// Why a write to stdout failed.
  enum WriteError: Error, Equatable {
    /// The reader went away (EPIPE).
    case readerGone
    /// Anything else, by its `errno`: a full disk, a closed descriptor.
    case failed(Int32)

    /// Its `errno`.
    var number: Int32 {
      switch self {
      case .readerGone: EPIPE
      case .failed(let number): number
      }
    }

    /// The code that the program ends with.
    var exitCode: ExitCode { self == .readerGone ? .brokenPipe : .unexpected }
  }

  let output: Int32
  let errorOutput: Int32

  /// `output` and `errorOutput` are open descriptors.
  init(output: Int32 = STDOUT_FILENO, errorOutput: Int32 = STDERR_FILENO) {
    self.output = output
    self.errorOutput = errorOutput
  }

  /// Whether stdout is a terminal, so that what is written must be made safe for one.
  var isOutputTerminal: Bool { isatty(output) == 1 }

  /// Writes bytes to stdout as they are, at once.
  func write(_ bytes: [UInt8]) throws(WriteError) { try Self.write(bytes, to: output) }

  /// Writes text to stdout as it is, at once.
  func write(_ text: String) throws(WriteError) { try Self.write(Array(text.utf8), to: output) }

  /// Writes text to stdout as the last thing of a command; the code to end with.
  func show(_ text: String) -> ExitCode {
    do { try write(text) } catch { return ending(with: error) }
    return .success
  }

  /// Says why stdout could not be written, unless its reader went away, which is its own affair; the code to end with.
  func ending(with error: WriteError) -> ExitCode {
    if error != .readerGone { complain("aichat-tui: stdout: \(String(cString: strerror(error.number)))") }
    return error.exitCode
  }

  /// Writes one line to stderr. A stderr that cannot be written is passed over: there is nowhere left to say so.
  func complain(_ line: String) { try? Self.write(Array((line + "\n").utf8), to: errorOutput) }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(WriteError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count >= 0 {
        written += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Somebody else made the descriptor non-blocking (a shared terminal, say).
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      case EPIPE: throw .readerGone
      default: throw .failed(errno)
      }
    }
  }
}
