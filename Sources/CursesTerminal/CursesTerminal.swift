import CNcursesw
import TerminalModel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The terminal of standard input and output as a screen: frames go out, keys come in.
///
/// It takes the terminal over when it is made and gives it back in `close`; a crash and `exit` give it back too.
@TerminalActor public final class CursesTerminal {
  public private(set) var size = Size(columns: 0, rows: 0)

  private let signals: SignalPipe
  private let kind: TerminalKind
  private let painter: FramePainter
  private var decoder: KeyDecoder
  /// How long a lone escape character waits for the rest of a sequence, in milliseconds.
  private let escapeDelay: Int32
  private var isMouseOn = false
  /// The window's title, once it was set.
  private var title: String?
  private enum Possession { case ours, lent, closed }
  private var possession = Possession.ours

  /// Takes the terminal over.
  ///
  /// - Parameters:
  ///   - signals: routed already, else ncurses would take the signals for itself.
  ///   - environment: TERM, NO_COLOR, ESCDELAY, TMUX, STY, VTE_VERSION and FORCE_HYPERLINK are looked at.
  ///   - hyperlinks: whether links can be opened; nil where the kind of terminal decides, or FORCE_HYPERLINK (0 or 1).
  /// - Throws: when the terminal's type is not known, in words for the user.
  public init(
    signals: SignalPipe, environment: [String: String], hyperlinks: Bool? = nil
  ) throws(TerminalError) {
    self.signals = signals
    kind = TerminalKind(environment: environment, hyperlinks: hyperlinks)
    escapeDelay = environment["ESCDELAY"].flatMap(Int32.init).map { min(max($0, 1), 10_000) } ?? 25
    cnc_use_unicode()
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else {
      throw TerminalError(message: "standard input is no terminal: use --plain or ask")
    }
    guard cnc_open() == 0 else { throw Self.unknown(environment["TERM"] ?? "") }
    let reset = TerminalModes.reset(kind).map { CChar(bitPattern: $0) }
    cnc_guard(STDOUT_FILENO, &settings, reset, Int32(reset.count))
    painter = FramePainter(kind: kind, isColored: (environment["NO_COLOR"] ?? "").isEmpty)
    decoder = KeyDecoder(known: DescribedKeys.sequences())
    write(TerminalModes.enter(kind))
    updateSize()
  }

  private static func unknown(_ type: String) -> TerminalError {
    type.isEmpty
      ? TerminalError(message: "TERM is not set: set it to the terminal's type, or use --plain")
      : TerminalError(message: "unknown terminal type \"\(type)\": set TERM to one that is installed, or use --plain")
  }

  /// How many colours frames may use: 256, 16, 8, or 0 where there are none or NO_COLOR is set.
  public var colors: Int { painter.colors }

  /// Whether there are italics.
  public var hasItalics: Bool { painter.hasItalics }

  // MARK: Output

  /// Shows a frame; only what differs from the one before is sent, in one piece. What does not fit is cut off.
  public func paint(_ frame: Frame) {
    guard possession == .ours else { return }
    write(painter.paint(frame, size: size))
  }

  /// Sends everything anew, whatever the terminal shows now.
  public func redraw() {
    guard possession == .ours else { return }
    painter.invalidate()
    if let frame = painter.frame { paint(frame) }
  }

  /// Hands a text, as it is, to the clipboard of the terminal, through tmux and screen too.
  ///
  /// Never `.taken` or `.failed`: terminals do not tell, and many refuse, as does tmux unless it is told otherwise.
  public func copy(_ text: String) -> CopyOutcome {
    guard possession == .ours, kind.clipboard != .none else { return .unsupported }
    guard let sequence = ClipboardSequence.bytes(for: text, kind.clipboard) else {
      return .tooLong(limit: ClipboardSequence.limit)
    }
    write(sequence)
    return .sent
  }

  /// Switches the reports of mouse and wheel; while they are on, the terminal does not select text.
  public func setMouse(_ isOn: Bool) {
    guard isOn != isMouseOn else { return }
    isMouseOn = isOn
    if possession == .ours { write(isOn ? TerminalModes.mouseOn : TerminalModes.mouseOff) }
  }

  /// Names the window, where the terminal is known to take a name; it gets its own back at the end.
  ///
  /// - Parameter new: one line without any control character.
  public func setTitle(_ new: String) {
    guard kind.hasTitle, new != title else { return }
    let isFirst = title == nil
    title = new
    if possession == .ours { write((isFirst ? TerminalModes.keepTitle : "") + TerminalModes.title(new)) }
  }

  /// Rings.
  public func ring() {
    if possession == .ours { write("\u{07}") }
  }

  /// Takes over the window's new size: after `.resize`. The next frame is painted whole.
  public func updateSize() {
    var rows: Int32 = 0
    var columns: Int32 = 0
    if cnc_window_size(STDOUT_FILENO, &rows, &columns) == 0, (rows, columns) != (cnc_rows(), cnc_columns()) {
      resizeterm(rows, columns)
    }
    let new = Size(columns: Int(cnc_columns()), rows: Int(cnc_rows()))
    if new != size { painter.forget() }
    size = new
  }

  // MARK: Input

  /// What one read gives: to be called when there is input. Waits for the rest of a sequence when an escape character
  /// came, but not longer than ESCDELAY says. At the end of input the loop gets `.hangup`.
  public func readInput() -> [TerminalInput] {
    var burst = Burst()
    var buffer = [UInt8](repeating: 0, count: 65536)
    var count = 0
    repeat {
      count = read(STDIN_FILENO, &buffer, buffer.count)
      if count > 0 {
        burst.add(decoder.consume(buffer[..<count]))
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        TerminalActor.shared.loop.endInput()
        return burst.whole
      }
    } while hasInput(within: patience(after: count, of: burst))
    burst.add(decoder.isEscapePending ? decoder.timeOut() : [])
    return burst.whole
  }

  /// A read of that many bytes is part of a paste: nobody types as fast.
  private static let pasteSize = 1000

  /// How long the rest of what came is waited for, in milliseconds; nil where it is whole.
  private func patience(after count: Int, of burst: Burst) -> Int32? {
    switch decoder.pending {
    case .escape: escapeDelay
    // A sequence that was cut on its way over the net; nobody types one by hand.
    case .sequence: max(escapeDelay, 100)
    // A paste that the terminal does not bracket comes in pieces of the size of the system's buffer.
    case .nothing where burst.isPaste || count >= Self.pasteSize: 25
    case .text where burst.isPaste: 25
    case .nothing, .text: nil
    }
  }

  private func hasInput(within milliseconds: Int32?) -> Bool {
    guard let milliseconds else { return false }
    var descriptors = [pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)]
    return poll(&descriptors, 1, milliseconds) > 0 && descriptors[0].revents & Int16(POLLIN) != 0
  }

  // MARK: Taking and giving back

  /// Gives the terminal to another program for a while; `takeBack` ends that. The loop leaves its input alone.
  public func lend() {
    guard possession == .ours else { return }
    giveBack()
    possession = .lent
    TerminalActor.shared.loop.isInputPaused = true
  }

  /// True while another program has it.
  public var isLent: Bool { possession == .lent }

  /// Takes the terminal over again, in whatever state and size it is.
  public func takeBack() {
    guard possession == .lent else { return }
    possession = .ours
    TerminalActor.shared.loop.isInputPaused = false
    reset_prog_mode()
    write(TerminalModes.enter(kind) + (isMouseOn ? TerminalModes.mouseOn : ""))
    if let title { write(TerminalModes.keepTitle + TerminalModes.title(title)) }
    painter.invalidate()
    updateSize()
    if let frame = painter.frame { paint(frame) }
  }

  /// Stops the program as Ctrl-Z does; returns when it goes on, with the screen restored. The size may be another then.
  public func suspend() {
    // The program that has the terminal is stopped already, with the group.
    if possession == .lent { return signals.stopProcess(withGroup: false) }
    guard possession == .ours else { return }
    lend()
    signals.stopProcess()
    takeBack()
  }

  /// After `.resume`: the program was stopped behind our back, and others have used the terminal.
  public func resume() {
    guard possession == .ours else { return }
    lend()
    takeBack()
  }

  /// Gives the terminal back for good and leaves a text, already safe for it, in its scrollback.
  public func close(leaving text: String = "") {
    if possession == .ours { giveBack() }
    guard possession != .closed else { return }
    possession = .closed
    cnc_unguard()
    // Without a screen of our own the status line stands where the shell goes on.
    if TerminalModes.capability("rmcup").isEmpty { write(Array("\r".utf8) + TerminalModes.capability("el")) }
    if !text.isEmpty { write(text.hasSuffix("\n") ? text : text + "\n") }
  }

  private func giveBack() {
    write((isMouseOn ? TerminalModes.mouseOff : "") + TerminalModes.leave(kind))
    if title != nil { write(TerminalModes.restoreTitle) }
    endwin()
  }

  /// Past ncurses, which has sent what it had at the end of each of its calls.
  private func write(_ text: String) { write(Array(text.utf8)) }

  private func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        // Another program has made the terminal non-blocking.
        var descriptors = [pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)]
        _ = poll(&descriptors, 1, 1000)
      } else if count == 0 || errno != EINTR {
        return
      }
    }
  }
}
