/// What the terminal can do beyond its description, as far as the environment tells.
///
/// Terminals ignore control strings that they do not know, but a few old ones print them. So the unusual is sent only to
/// kinds that are known to swallow it.
struct TerminalKind: Equatable, Sendable {
  /// How a text gets to the clipboard by OSC 52.
  enum Clipboard: Equatable, Sendable {
    case none
    /// As it is.
    case plain
    /// Plain, for tmux itself (`set-clipboard on`), and wrapped for the terminal around it (`allow-passthrough on`).
    case tmux
    /// In pieces for the terminal around GNU screen, which passes on device control strings of at most 768 bytes.
    case screen
  }

  /// OSC 8.
  var hasHyperlinks: Bool
  /// OSC 2, and a stack that keeps the title that was there.
  var hasTitle: Bool
  /// Mode 2026: a frame is shown whole or not at all.
  var hasSynchronizedOutput: Bool
  var clipboard: Clipboard
  /// It is asked to tell keys apart that are one to others.
  var hasKeyReports: Bool

  /// - Parameters:
  ///   - environment: TERM, TMUX, STY, VTE_VERSION, and FORCE_HYPERLINK (0 turns links off, anything else on, as in other
  ///     programs).
  ///   - hyperlinks: what the configuration says of links; nil leaves it to the environment.
  init(environment: [String: String], hyperlinks: Bool? = nil) {
    let type = environment["TERM"] ?? ""
    let isSet = { (name: String) in !(environment[name] ?? "").isEmpty }
    let isInScreen = isSet("STY") || (Self.begins(type, with: ["screen"]) && !isSet("TMUX"))
    let isModern = !isInScreen && (Self.begins(type, with: Self.modern) || isSet("TMUX"))
    // VTE before 0.50 has OSC 8, but wrong enough to crash.
    let isEarlyVTE = environment["VTE_VERSION"].flatMap { Int($0) }.map { $0 < 5000 } ?? false
    let forced = environment["FORCE_HYPERLINK"].flatMap { $0.isEmpty ? nil : $0 != "0" }
    hasHyperlinks = hyperlinks ?? forced ?? (isModern && !isEarlyVTE)
    hasTitle = isModern
    hasSynchronizedOutput = isModern
    hasKeyReports = isModern && !isEarlyVTE
    if isInScreen {
      clipboard = .screen
    } else if isSet("TMUX") {
      clipboard = .tmux
    } else {
      clipboard = isModern ? .plain : .none
    }
  }

  private static func begins(_ type: String, with names: [String]) -> Bool {
    names.contains { type == $0 || type.hasPrefix($0 + "-") }
  }

  /// The types of terminals that take xterm's control strings, or skip them.
  private static let modern = [
    "xterm", "tmux", "alacritty", "contour", "foot", "ghostty", "gnome", "iTerm2.app", "kitty", "konsole", "mintty",
    "mlterm", "ms-terminal", "rio", "rxvt", "st", "vte", "wezterm",
  ]
}
