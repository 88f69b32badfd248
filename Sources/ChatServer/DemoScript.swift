import ChatModel

/// An answer of the demo with its timing: what is said, after which pauses, and how it ends.
struct DemoScript: Equatable, Sendable {
  enum Part: Equatable, Sendable {
    case text(String)
    case reasoning(String)
    case toolCall(ToolCallFragment)
  }

  struct Step: Equatable, Sendable {
    /// The wait before it.
    var pause: Duration
    var part: Part
  }

  enum Ending: Equatable, Sendable {
    /// As it should, for this reason: `stop`, `length`, `tool_calls`.
    case finished(reason: String)
    /// Nothing more comes, and the connection stays open until the client leaves.
    case silence
    /// The connection is cut.
    case cut
  }

  var steps: [Step] = []
  var ending = Ending.finished(reason: "stop")

  /// From the request to the first word.
  static let thinking = Duration.milliseconds(150)

  /// An answer of text alone, at the usual pace.
  static func saying(_ text: String, ending: Ending = .finished(reason: "stop")) -> DemoScript {
    var script = DemoScript(ending: ending)
    script.add(text) { .text($0) }
    return script
  }

  /// Appends a text word by word, about fifty words a second, slightly uneven as from a real model.
  mutating func add(_ text: String, as part: (String) -> Part) {
    for piece in Self.pieces(text) {
      let pause = steps.isEmpty ? Self.thinking : .milliseconds(12 + (steps.count * 7) % 17)
      steps.append(Step(pause: pause, part: part(piece)))
    }
  }

  /// The text as words, each with the white space before it. A word beyond ASCII comes in pieces of three code points,
  /// as tokens of real models do: they split what belongs together.
  static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var hasWord = false
    var isWide = false
    var count = 0
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\n" || scalar == "\t" }
    for scalar in text.unicodeScalars {
      if hasWord && (isSpace(scalar) || isWide && count >= 3) {
        pieces.append(String(piece))
        (piece, hasWord, isWide, count) = (String.UnicodeScalarView(), false, false, 0)
      }
      piece.append(scalar)
      if !isSpace(scalar) {
        (hasWord, count) = (true, count + 1)
        if scalar.value >= 0x300 && !(0x2000...0x206F ~= scalar.value) { isWide = true }
      }
    }
    if !piece.isEmpty { pieces.append(String(piece)) }
    return pieces
  }

  /// The script ended by the length limit where it is longer than that many words.
  func limited(to words: Int?) -> DemoScript {
    guard let words, steps.count > words else { return self }
    return DemoScript(steps: Array(steps.prefix(words)), ending: .finished(reason: "length"))
  }

  /// The whole text of the answer.
  var text: String {
    steps.map { if case .text(let text) = $0.part { text } else { "" } }.joined()
  }

  /// The whole reasoning before it; nil where there is none.
  var reasoning: String? {
    let reasoning = steps.map { if case .reasoning(let text) = $0.part { text } else { "" } }.joined()
    return reasoning.isEmpty ? nil : reasoning
  }

  /// How long it takes to say.
  var duration: Duration { steps.reduce(.zero) { $0 + $1.pause } }
}
