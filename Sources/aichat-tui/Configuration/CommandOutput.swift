import Glibc

/// Reads what a command prints until the command has ended, whoever else still holds its output.
struct CommandOutput {
  /// How long what the command printed last may take to come once it has ended.
  private static let grace = Duration.milliseconds(200)
  /// Bytes of complaints that are kept, the last ones.
  private static let longestComplaint = 8192

  private(set) var printed: [UInt8] = []
  private var complained: [UInt8] = []
  /// Whether more was printed than is kept.
  private(set) var isCut = false
  private let limit: Duration
  private let longest: Int
  private let dropsExcess: Bool

  /// - Parameters:
  ///   - limit: how long the command may take.
  ///   - longest: bytes that may be printed: more than any key has.
  ///   - dropsExcess: whether what is printed beyond that is dropped; else it is a failure.
  init(limit: Duration, longest: Int = 65536, dropsExcess: Bool = false) {
    self.limit = limit
    self.longest = longest
    self.dropsExcess = dropsExcess
  }

  /// Reads from the command's stdout and stderr (-1 where both are one); true once it has ended, which the end of the third shows. False when the time
  /// is up, it printed too much, or the waiting was interrupted. Blocks.
  mutating func collect(printed: Int32, complained: Int32, ended: Int32, interrupted: Int32) -> Bool {
    let clock = ContinuousClock()
    var deadline = clock.now + limit
    // One that has ended is no longer polled: its number is -1 then.
    var waiting = [printed, complained, ended, interrupted].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while true {
      let hasEnded = waiting[2].fd < 0
      let left = clock.now.duration(to: deadline)
      // What lies there is read in any case; all that is printed is worth a wait, complaints are not.
      let wait = hasEnded && waiting[0].fd < 0 ? .zero : max(.zero, left)
      let count = poll(&waiting, nfds_t(waiting.count), Int32(wait / .milliseconds(1)) + (wait > .zero ? 1 : 0))
      if count < 0 { continue }
      if count == 0, hasEnded { return true }
      if waiting[3].revents != 0 || left <= .zero { return hasEnded && waiting[3].revents == 0 }
      if waiting[0].revents != 0, !Self.read(&waiting[0], into: &self.printed, longest) {
        guard dropsExcess else { return false }
        self.printed.removeLast(self.printed.count - longest)
        isCut = true
      }
      if waiting[1].revents != 0 {
        _ = Self.read(&waiting[1], into: &self.complained, .max)
        self.complained.removeFirst(max(0, self.complained.count - Self.longestComplaint))
      }
      if waiting[2].revents != 0 {
        waiting[2].fd = -1
        deadline = min(deadline, clock.now + Self.grace)
      }
    }
  }

  /// Takes what lies there; false when it is too much.
  private static func read(_ source: inout pollfd, into bytes: inout [UInt8], _ longest: Int) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(source.fd, &buffer, buffer.count)
    if count > 0 { bytes += buffer[..<count] } else if count == 0 || errno != EINTR { source.fd = -1 }
    return bytes.count <= longest
  }

  /// The end of what was written to stderr, as it came.
  var complaints: String { String(decoding: complained, as: UTF8.self) }

  /// The last line on stderr, safe for a terminal and without what could be a secret: anything that stands in the output too,
  /// and long words of letters and digits. Nil where there is none.
  var complaint: String? {
    let lines = String(decoding: complained, as: UTF8.self).split { $0.isNewline }.map { EndLine.oneLine(String($0)) }
    guard var line = lines.last(where: { !$0.isEmpty }) else { return nil }
    let secrets = String(decoding: printed, as: UTF8.self).split { !Self.isOfKeys($0) }.filter { $0.count >= 4 }
    for secret in secrets.sorted(by: { $0.count > $1.count }) { line = line.replacing(secret, with: "•••") }
    line = line.split(omittingEmptySubsequences: false) { !Self.isOfKeys($0) }.reduce(into: line) { line, word in
      let isKeyLike = word.count >= 20 && !word.hasPrefix("/") && word.contains(where: \.isNumber)
      if isKeyLike { line = line.replacing(word, with: "•••") }
    }
    return line.count > 200 ? line.prefix(200) + "…" : line
  }

  /// True for the characters that keys and tokens are made of.
  private static func isOfKeys(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-_.+/=~".contains(character))
  }
}
