import CNcursesw

/// The control sequences beside ncurses' own: what we switch on, and how all is put back.
struct TerminalModes {
  /// Bracketed paste (2004) and focus reports (1004) on; the wheel as arrow keys (1007) remembered, then off.
  static func enter(_ kind: TerminalKind) -> String {
    "\u{1B}[?2004h\u{1B}[?1004h\u{1B}[?1007s\u{1B}[?1007l" + (kind.hasKeyReports ? reportKeys : "")
  }
  /// Terminals that remember modes get theirs back; on the others 1007 is on by default.
  static func leave(_ kind: TerminalKind) -> String {
    (kind.hasKeyReports ? reportNoKeys : "") + "\u{1B}[?2004l\u{1B}[?1004l\u{1B}[?1007h\u{1B}[?1007r"
  }

  /// Keys that are one to terminals of old, Enter and Shift-Enter say, are told apart: xterm's modifyOtherKeys at level 1,
  /// which leaves the common ones as they are, and Kitty's protocol: 1, sequences that are not ambiguous, with 4, what Shift
  /// makes of a key. Terminals follow the one that they know.
  private static let reportKeys = "\u{1B}[>4;1m\u{1B}[>5u"
  /// Back to what was before; it is kept for each of the two screens, so this comes while ours is shown.
  private static let reportNoKeys = "\u{1B}[<1u\u{1B}[>4m"
  /// Buttons and wheel, with coordinates in decimal.
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1000l\u{1B}[?1006l"

  /// The window's title, put on the terminal's stack and taken from it again.
  static let keepTitle = "\u{1B}[22;0t"
  static let restoreTitle = "\u{1B}[23;0t"
  /// `text`: without any control character.
  static func title(_ text: String) -> String { "\u{1B}]2;\(text)\u{1B}\\" }

  /// Everything back to normal with no help from ncurses, for a crash. A stack without our title ignores being asked for it.
  static func reset(_ kind: TerminalKind) -> [UInt8] {
    let title = kind.hasTitle ? restoreTitle : ""
    return Array((mouseOff + leave(kind) + title).utf8) + ["sgr0", "cnorm", "rmcup"].flatMap(capability)
  }

  /// A string of the terminal's description, empty where it has none.
  static func capability(_ name: String) -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 128)
    let count = Int(cnc_capability(name, &buffer, Int32(buffer.count)))
    return buffer.prefix(count).map { UInt8(bitPattern: $0) }
  }
}
