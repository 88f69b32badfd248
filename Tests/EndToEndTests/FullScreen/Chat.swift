import Foundation
import TestSupport
import Testing

/// The real full-screen program on a terminal, and words for what a person does at it and sees.
///
/// Whatever a test makes it do, at its end the program must not have written the key, nor anything that a terminal would
/// take for more than text and ncurses' own painting: the end of a `Chat` sees to that.
final class Chat {
  let terminal: PtyTerminal
  /// Lives as long as its client.
  private let server: FaultServer?
  /// Something was waited for in vain: nothing after it is worth waiting for.
  private var isLost = false
  /// The texts that the terminal may be handed to copy.
  var copies: [String] = []

  /// Starts the program and waits for its first screen. With a server, it is set up for it; without, nothing is configured
  /// and the demo answers.
  init(
    _ arguments: [String] = [], with server: FaultServer? = nil, environment: [String: String] = [:], rows: Int = 24,
    columns: Int = 80, waits: Bool = true, at place: SourceLocation = #_sourceLocation
  ) throws {
    self.server = server
    var variables = server.map { Program.openAI($0.url) } ?? [:]
    // A crash on purpose needs no report.
    variables["SWIFT_BACKTRACE"] = "enable=no"
    variables.merge(environment) { $1 }
    terminal = try PtyTerminal(
      binary(named: "aichat-tui"), arguments, environment: variables, rows: rows, columns: columns)
    // Before it, Enter comes as a newline: the terminal is still in the mode of the shell.
    if waits { until("the first screen", at: place) { $0.text.contains(" aichat-tui") } }
  }

  deinit {
    // Links are the one control string that frames hold: of a fixed form, to addresses of printable ASCII.
    var output = String(decoding: terminal.output, as: UTF8.self)
    for text in copies {
      let sequence = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
      #expect(output.contains(sequence), "not copied: \(text)")
      output = output.replacing(sequence, with: "")
    }
    output =
      output.replacing(/\u{1B}\]8;(id=[0-9a-z]+;https?:\/\/[!-~]+|;)\u{1B}\\/, with: "")
    output = Self.withoutTitles(output)
    #expect(!output.contains(Program.key), "the key was written to the terminal")
    #expect(Self.dangers(in: output) == [], "raw output")
  }

  /// The output without the window's titles, which are text on one line.
  static func withoutTitles(_ output: String) -> String {
    output.replacing(/\u{1B}\]2;[^\u{0}-\u{1F}\u{7F}-\u{9F}]*\u{1B}\\/, with: "")
  }

  // MARK: What a person does

  /// Types as fast as the program takes it.
  func type(_ text: String) { terminal.send(text) }

  /// Types a message and sends it.
  func ask(_ message: String) { terminal.send(message + Press.enter) }

  /// Pastes as a terminal does that brackets pastes: its line ends are carriage returns.
  func paste(_ text: String) {
    terminal.send("\u{1B}[200~" + text.replacingOccurrences(of: "\n", with: "\r") + "\u{1B}[201~")
  }

  // MARK: What a person sees

  /// Waits until the screen shows all these texts; an issue with the screen in it when it does not.
  @discardableResult
  func shows(_ texts: String..., timeout: Duration = .seconds(20), at place: SourceLocation = #_sourceLocation) -> Bool
  {
    until("shows \(texts)", timeout: timeout, at: place) { terminal in
      let screen = terminal.text
      return texts.allSatisfy { screen.contains($0) }
    }
  }

  /// Waits until the status line, the last row, holds these words.
  @discardableResult
  func isAt(_ words: String..., at place: SourceLocation = #_sourceLocation) -> Bool {
    until("status is \(words)", at: place) { terminal in
      let status = terminal.line(terminal.rows - 1)
      return words.allSatisfy { status.contains($0) }
    }
  }

  /// Waits until the input, a row of one line, holds just this.
  @discardableResult
  func hasInput(_ text: String, at place: SourceLocation = #_sourceLocation) -> Bool {
    until("input is “\(text)”", at: place) { $0.line($0.rows - 2) == (text.isEmpty ? ">" : "> " + text) }
  }

  /// Waits until a condition holds; an issue with the screen in it when it does not.
  @discardableResult
  func until(
    _ what: String, timeout: Duration = .seconds(20), at place: SourceLocation = #_sourceLocation,
    _ condition: (PtyTerminal) -> Bool
  ) -> Bool {
    if isLost { return false }
    let holds = terminal.wait(timeout: timeout, for: condition)
    if !holds {
      isLost = true
      Issue.record("\(what): not so, exit code \(terminal.exitCode ?? -1)\n\(terminal.text)", sourceLocation: place)
    }
    return holds
  }

  /// The rows between the title and the line above the input.
  var page: String {
    let rows = (0..<terminal.rows).map(terminal.line)
    let rule = rows.lastIndex { $0.hasPrefix("──") } ?? rows.count
    return rows[1..<max(1, rule)].joined(separator: "\n")
  }

  /// Waits for the end; the code and the terminal must be as they should.
  func ends(with code: Int, within time: Duration = .seconds(20), at place: SourceLocation = #_sourceLocation) {
    if isLost { return }
    #expect(terminal.waitForExit(timeout: time) == code, "\(terminal.text)", sourceLocation: place)
    isRestored(at: place)
  }

  /// The terminal is as it was before the program came.
  func isRestored(at place: SourceLocation = #_sourceLocation) {
    #expect(terminal.settings == terminal.initialSettings, "settings", sourceLocation: place)
    #expect(terminal.modes == PrivateModes() && !terminal.reportsKeys, "modes", sourceLocation: place)
    #expect(!terminal.isAlternateScreen && terminal.isCursorVisible, sourceLocation: place)
  }

  // MARK: What must never be written

  /// The characters that a terminal would act on or that hide or reverse text, and the control strings.
  static func dangers(in output: String) -> [String] {
    var dangers: [String] = []
    var before: Unicode.Scalar = " "
    for scalar in output.unicodeScalars {
      switch scalar.value {
      case 0x07, 0x7F...0x9F, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xE0000...0xE007F:
        dangers.append("U+" + String(scalar.value, radix: 16))
      case _ where before == "\u{1B}" && "]P_^Xc".unicodeScalars.contains(scalar): dangers.append("ESC \(scalar)")
      default: break
      }
      before = scalar
    }
    return dangers
  }
}

/// Keys as a terminal sends them.
enum Press {
  static let enter = "\r"
  static let escape = "\u{1B}"
  static let controlC = "\u{03}"
  static let controlD = "\u{04}"
  static let controlL = "\u{0C}"
  static let controlT = "\u{14}"
  static let controlU = "\u{15}"
  static let controlZ = "\u{1A}"
  static let f2 = "\u{1B}OQ"
  static let f4 = "\u{1B}OS"
  static let f5 = "\u{1B}[15~"
  static let up = "\u{1B}[A"
  static let pageUp = "\u{1B}[5~"
  static let controlHome = "\u{1B}[1;5H"
  static let controlEnd = "\u{1B}[1;5F"
}
