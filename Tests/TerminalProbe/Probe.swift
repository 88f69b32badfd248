import CursesTerminal
import Glibc
import TerminalModel

/// A small program on the terminal: it shows the inputs that come as text, newest last, and obeys a few keys.
///
/// Its arguments: `--cells FILE` shows each line of a file instead; `--links` and `--scroll` show links, or rows that
/// move, others after each `n`; `--jobs N` has N jobs sent to the loop.
@TerminalActor final class Probe {
  private let terminal: CursesTerminal
  private let fixed: [String]
  private var links: LinkPages?
  private var scrolled: ScrolledPages?
  private var isMouseOn = false
  private var log: [String] = ["probe ready"]
  private var isDirty = true
  private(set) var exitCode: Int32 = 0

  init(terminal: CursesTerminal, fixed: [String], links: LinkPages? = nil, scrolled: ScrolledPages? = nil) {
    self.terminal = terminal
    self.fixed = fixed
    self.links = links
    self.scrolled = scrolled
  }

  func input() {
    for input in terminal.readInput() {
      switch input {
      case .key(let key): obey(key)
      case .paste(let text): note("paste \(text.utf8.count) \(text.prefix(60).debugDescription)")
      case .click(let place): note("click \(place.column) \(place.row)")
      case .wheel(let lines, _): note("wheel \(lines)")
      case .focus(let isIn): note("focus \(isIn)")
      }
    }
  }

  private func obey(_ key: Key) {
    switch key {
    case Key(.character("q")): stop()
    case Key(.character("z"), .control):
      terminal.suspend()
      note("resumed")
    case Key(.character("l"), .control): terminal.redraw()
    case Key(.function(6)):
      isMouseOn.toggle()
      terminal.setMouse(isMouseOn)
    case Key(.character("y")): note("copied: \(terminal.copy("zażółć"))")
    case Key(.character("Y")): note("copied: \(terminal.copy(String(repeating: "y", count: 80_000)))")
    case Key(.character("n")) where links != nil || scrolled != nil:
      links?.turn()
      scrolled?.turn()
      isDirty = true
    case Key(.function(12)): abort()
    default: note("key \(Self.name(of: key))")
    }
  }

  func signal(_ signal: Signal) {
    switch signal {
    case .resize:
      terminal.updateSize()
      note("size \(terminal.size.columns)x\(terminal.size.rows)")
    case .suspend:
      terminal.suspend()
      note("resumed")
    case .resume:
      terminal.resume()
      note("continued")
    case .terminate, .hangup, .interrupt:
      exitCode = signal.exitCode
      stop()
    }
  }

  func note(_ line: String) {
    log.append(line)
    isDirty = true
  }

  private func stop() {
    TerminalActor.shared.loop.stop()
  }

  func paint() {
    guard isDirty else { return }
    isDirty = false
    let size = terminal.size
    if let links { return terminal.paint(links.frame(size)) }
    if scrolled != nil, let frame = scrolled?.frame(size) { return terminal.paint(frame) }
    var frame = Frame(size: size)
    let lines = fixed.isEmpty ? Array(log.suffix(max(0, size.rows - 1))) : fixed
    for (row, line) in lines.enumerated() {
      frame.put(line, at: Position(column: 0, row: row))
    }
    if fixed.isEmpty, size.rows > 0 {
      let style = Style(foreground: .palette(208), attributes: [.bold, .reverse])
      frame.fill(row: size.rows - 1, style: style)
      frame.put("end", at: Position(column: size.columns - 3, row: size.rows - 1), style: style)
      frame.cursor = Position(column: 2, row: size.rows - 1)
    }
    terminal.paint(frame)
  }

  func close() {
    terminal.close(leaving: "left behind")
  }

  private static func name(of key: Key) -> String {
    var names: [String] = []
    if key.modifiers.contains(.control) { names.append("ctrl") }
    if key.modifiers.contains(.alt) { names.append("alt") }
    if key.modifiers.contains(.shift) { names.append("shift") }
    return (names + ["\(key.code)"]).joined(separator: "-")
  }
}
