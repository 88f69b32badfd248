import CPty
import CVTerm

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Runs a real program on a pseudo terminal and mirrors its screen with libvterm.
///
/// Nothing here sleeps: every wait polls the terminal and ends with the event it waits for.
/// ```swift
/// let terminal = try PtyTerminal(binary(named: "aichat-tui"), environment: ["TERM": "xterm-256color"])
/// #expect(terminal.waitForText("hello"), "\(terminal.text)")
/// ```
public final class PtyTerminal {
  public private(set) var rows: Int
  public private(set) var columns: Int
  /// All bytes that the program has written.
  public private(set) var output: [UInt8] = []
  /// The private modes (`CSI ? n h`) that are set now, as the output says.
  public private(set) var modes = PrivateModes()
  /// The terminal's settings before the program started.
  public let initialSettings: TerminalSettings

  private let process: cpty_process
  private var isMasterOpen = true
  /// How much the program had written when something was sent to it last.
  private var outputBeforeReading: Int?
  private var statuses: [Int32] = []
  /// Where the program finds its files, unless it is given another place.
  private let home = TemporaryHome()
  private let emulator: OpaquePointer
  private let screen: OpaquePointer
  /// A place of its own, since libvterm keeps the pointer.
  private let emulatorModes: UnsafeMutablePointer<vt_modes>
  private var linkSplitter = LinkSplitter()

  /// Starts `path` with the environment given and a small base: TERM, LANG, PATH, HOME.
  /// Values replace the base's; throws when the system gives no terminal.
  public init(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:], rows: Int = 24, columns: Int = 80
  ) throws {
    self.rows = rows
    self.columns = columns
    guard let emulator = vterm_new(Int32(max(1, rows)), Int32(max(1, columns))) else {
      throw PtyError(message: "no emulator")
    }
    self.emulator = emulator
    vterm_set_utf8(emulator, 1)
    screen = vterm_obtain_screen(emulator)
    guard let memory = calloc(1, MemoryLayout<vt_modes>.size) else { throw PtyError(message: "no memory") }
    emulatorModes = memory.bindMemory(to: vt_modes.self, capacity: 1)
    vt_follow_modes(screen, emulatorModes)
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_reset(screen, 1)

    var variables = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": home.path]
    variables.merge(environment) { $1 }
    let environmentLines = variables.map { "\($0)=\($1)" }
    var process = cpty_process()
    let failure = withCStrings([path] + arguments) { argv in
      withCStrings(environmentLines) { envp in
        cpty_spawn(&process, path, argv, envp, Int32(rows), Int32(columns))
      }
    }
    if failure != 0 { throw PtyError(message: String(cString: strerror(errno))) }
    self.process = process
    initialSettings = TerminalSettings(process.settings)
  }

  deinit {
    if exitCode == nil { kill(process.pid, SIGKILL) }
    closeMaster()
    var status: Int32 = 0
    waitpid(process.leader, &status, 0)
    close(process.slave)
    close(process.status)
    vterm_free(emulator)
    free(emulatorModes)
  }

  // MARK: Input

  /// Types a text; goes on reading the screen meanwhile, however long it is.
  public func send(_ text: String) { send(Array(text.utf8)) }

  /// Types bytes; goes on reading the screen meanwhile, however many they are.
  ///
  /// The program has read what was sent before: a person does not press Enter and type on in the same instant, and the
  /// program takes what comes so for a paste.
  public func send(_ bytes: [UInt8]) {
    awaitReading()
    var rest = bytes[...]
    while !rest.isEmpty, isMasterOpen, exitCode == nil {
      let count = rest.withUnsafeBytes { write(process.master, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else { pump(milliseconds: 100, orWritable: true) }
    }
    outputBeforeReading = output.count
  }

  /// Waits until the program has taken what was sent last, unless it is stopped or takes nothing at all.
  private func awaitReading() {
    guard let before = outputBeforeReading else { return }
    let start = ContinuousClock.now
    var wasWaiting = false
    repeat {
      pump(milliseconds: 2, orWritable: false)
      var waiting: Int32 = 0
      if ioctl(process.slave, UInt(FIONREAD), &waiting) != 0 { return }
      wasWaiting = wasWaiting || waiting > 0
      // It may still be on its way to the terminal: what is drawn, or was seen waiting, tells that it is not.
      let isThere = wasWaiting || output.count != before || ContinuousClock.now - start > .milliseconds(300)
      if waiting == 0, isThere { return }
    } while isMasterOpen && exitCode == nil && !isStopped && ContinuousClock.now - start < .seconds(2)
  }

  /// Whether the terminal was asked to tell keys apart that are one to others, by Kitty's protocol or xterm's.
  public var reportsKeys: Bool {
    let text = String(decoding: output, as: UTF8.self)
    func last(_ sequence: String) -> String.Index? { text.ranges(of: sequence).last?.lowerBound }
    let pushed = text.ranges(of: "\u{1B}[>5u").count - text.ranges(of: "\u{1B}[<1u").count
    let isModified = last("\u{1B}[>4;1m").map { on in last("\u{1B}[>4m").map { $0 < on } ?? true } ?? false
    return pushed != 0 || isModified
  }

  /// Gives the terminal another size; the program gets its SIGWINCH.
  public func resize(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    if rows > 0, columns > 0 { vterm_set_size(emulator, Int32(rows), Int32(columns)) }
    _ = cpty_resize(process.master, Int32(rows), Int32(columns))
  }

  /// Sends a signal to the program.
  public func signal(_ number: Int32) { kill(process.pid, number) }

  /// The terminal goes away, as when an ssh connection drops.
  public func closeMaster() {
    if isMasterOpen { close(process.master) }
    isMasterOpen = false
  }

  /// Another program writes to the terminal, past the one that is watched.
  public func scribble(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(process.slave, bytes, bytes.count)
  }

  public var pid: Int32 { process.pid }

  /// The terminal's settings now; they can be read after the program has ended too.
  public var settings: TerminalSettings {
    var settings = termios()
    tcgetattr(process.slave, &settings)
    return TerminalSettings(settings)
  }

  // MARK: Waiting

  /// Reads the program's output until `condition` holds; false when it did not in time, or the program ended before.
  public func wait(timeout: Duration = .seconds(10), for condition: (PtyTerminal) -> Bool) -> Bool {
    let end = ContinuousClock.now + timeout
    drain()
    while !condition(self) {
      let left = end - .now
      if left <= .zero || exitCode != nil { return false }
      pump(milliseconds: Int32(min(left / .milliseconds(1), 60_000)) + 1, orWritable: false)
      drain()
    }
    return true
  }

  /// Waits until the screen shows a text.
  public func waitForText(_ text: String, timeout: Duration = .seconds(10)) -> Bool {
    wait(timeout: timeout) { $0.text.contains(text) }
  }

  /// Waits until the program ends: its exit code, or 128 + the signal that killed it; nil when it did not end in time.
  public func waitForExit(timeout: Duration = .seconds(10)) -> Int? {
    let ended = wait(timeout: timeout) { $0.exitCode != nil }
    drain()
    return ended ? exitCode : nil
  }

  /// Waits until the program was stopped, as by Ctrl-Z.
  public func waitForStop(timeout: Duration = .seconds(10)) -> Bool {
    wait(timeout: timeout) { $0.isStopped }
  }

  /// Lets a stopped program go on, and waits until it does.
  public func resume(timeout: Duration = .seconds(10)) -> Bool {
    signal(SIGCONT)
    return wait(timeout: timeout) { !$0.isStopped }
  }

  /// The exit code, or 128 + the signal; nil while the program lives.
  public var exitCode: Int? {
    statuses.last.map(cpty_exit_code).flatMap { $0 < 0 ? nil : Int($0) }
  }

  public var isStopped: Bool {
    statuses.last.map { cpty_is_stopped($0) != 0 } ?? false
  }

  /// Waits at most so long for output or news of the program.
  private func pump(milliseconds: Int32, orWritable: Bool) {
    let wanted = orWritable ? POLLIN | POLLOUT : POLLIN
    var descriptors = [pollfd(fd: process.status, events: Int16(POLLIN), revents: 0)]
    if isMasterOpen { descriptors.append(pollfd(fd: process.master, events: Int16(wanted), revents: 0)) }
    if poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 { drain() }
  }

  /// Takes all that is there without waiting. The status comes first: what was written before the end is then not missed.
  private func drain() {
    var status: Int32 = 0
    while read(process.status, &status, 4) == 4 { statuses.append(status) }
    guard isMasterOpen else { return }
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = read(process.master, &buffer, buffer.count), count > 0 {
      output += buffer[..<count]
      modes.follow(buffer[..<count])
      linkSplitter.consume(buffer[..<count]) { bytes, link in
        emulatorModes.pointee.link = link
        bytes.withUnsafeBytes { _ = vterm_input_write(emulator, $0.baseAddress, $0.count) }
        vterm_screen_flush_damage(screen)
      }
      var answer = [CChar](repeating: 0, count: 4096)
      let length = vterm_output_read(emulator, &answer, answer.count)
      if length > 0 { _ = write(process.master, answer, length) }
    }
  }

  // MARK: The screen

  /// The screen's rows joined by `\n`, without the blanks at their ends.
  public var text: String { (0..<rows).map(line).joined(separator: "\n") }

  /// One row, without the blanks at its end.
  public func line(_ row: Int) -> String {
    var buffer = [CChar](repeating: 0, count: columns * 32)
    let area = VTermRect(start_row: Int32(row), end_row: Int32(row) + 1, start_col: 0, end_col: Int32(columns))
    let count = vterm_screen_get_text(screen, &buffer, buffer.count, area)
    var text = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    while text.unicodeScalars.last == " " { text.unicodeScalars.removeLast() }
    return text
  }

  /// One cell of the screen.
  public func cell(row: Int, column: Int) -> PtyCell {
    var cell = vt_cell()
    _ = vt_get_cell(screen, Int32(row), Int32(column), &cell)
    return PtyCell(cell)
  }

  /// Where a cell links to, as `id=…;address`; nil where it carries no link.
  public func link(row: Int, column: Int) -> String? {
    let link = Int(vt_link(emulatorModes, Int32(row), Int32(column)))
    return link == 0 ? nil : linkSplitter.targets[link - 1]
  }

  public var cursor: (row: Int, column: Int) {
    var row: Int32 = 0
    var column: Int32 = 0
    vt_cursor(emulator, &row, &column)
    return (Int(row), Int(column))
  }

  public var isCursorVisible: Bool { emulatorModes.pointee.cursor_visible != 0 }
  public var isAlternateScreen: Bool { emulatorModes.pointee.alternate_screen != 0 }
}

/// The system or the emulator refused.
public struct PtyError: Error, CustomStringConvertible {
  public let message: String
  public var description: String { "no pseudo terminal: \(message)" }
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = strings.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeMutableBufferPointer { buffer in
    // The array is never empty: it ends with nil.
    body(buffer.baseAddress.unsafelyUnwrapped)
  }
}
