import TestSupport

/// One picture: a window, what is done at it, and what is waited for before it is taken.
struct Scene {
  /// One step: keys, and a text that the screen shows once they have been taken.
  typealias Step = (keys: String, shows: String)

  /// Names the place in the README.
  var name: String
  var columns: Int
  var rows: Int
  var steps: [Step]

  private static let ready = Step(keys: "", shows: "ready")
  /// An answer with everything in it; whole once the status line counts the service's tokens, not its own.
  private static let markdown = Step(keys: "markdown\r", shows: "ready · ")

  static let all = [
    // Its beginning, and a few lines on to where headings, lists, a table and code fill the page.
    Scene(
      name: "answer", columns: 120, rows: 40,
      steps: [
        ready, markdown, ("\u{1B}[1;5H", "A page of Markdown"),
        ("\u{1B}[1;3B\u{1B}[1;3B" + String(repeating: "\u{1B}[1;5B", count: 7), "print(gcd"),
      ]),
    Scene(
      name: "prompts", columns: 80, rows: 24,
      steps: [ready, ("hello\r", "ready · "), ("\u{1B}OQ", "System prompt"), ("te", "9 in all")]),
    Scene(
      name: "stopped", columns: 80, rows: 24,
      steps: [ready, markdown, ("stall\r", "until in the middle of"), ("\u{1B}", "[Stopped]")]),
  ]

  /// Plays it with the program at a path; the screen's rows at its end.
  func play(_ program: String) throws -> [String] {
    let terminal = try PtyTerminal(
      program, environment: ["SWIFT_BACKTRACE": "enable=no"], rows: rows, columns: columns)
    for step in steps {
      terminal.send(step.keys)
      guard terminal.waitForText(step.shows, timeout: .seconds(30)) else {
        throw SceneFailure(description: "\(name): no “\(step.shows)” came:\n\(terminal.text)")
      }
    }
    return (0..<rows).map { row in
      row == rows - 1 ? Self.withoutTimes(terminal.line(row), columns: columns) : terminal.line(row)
    }
  }

  /// The status line without what is another in each run: seconds, and tokens per second. What stands at its right stays.
  private static func withoutTimes(_ line: String, columns: Int) -> String {
    let halves = line.split(separator: "  ", maxSplits: 1).map(String.init)
    var kept: [Substring] = []
    for field in halves[0].split(separator: "·") {
      var field = field.drop { $0 == " " }
      if field.last == " " { field.removeLast() }
      if !field.hasSuffix(" s"), !field.hasSuffix("tokens/s") { kept.append(field) }
    }
    let left = kept.joined(separator: " · ")
    let right = halves.count > 1 ? String(halves[1].drop { $0 == " " }) : ""
    return left + String(repeating: " ", count: max(2, columns - left.count - right.count)) + right
  }
}
