import ChatModel

/// Which answer a conversation gets: the one of a demo word, or Eliza's.
enum DemoAnswers {
  /// The words that bring an answer of their own kind, in the order in which they are told.
  enum Word: String, CaseIterable, Sendable {
    case markdown, long, unicode, tools, reasoning, slow, stall, drop, error

    /// The word that a message is or begins with, in any letter case; nil where there is none.
    init?(startOf message: String) {
      let start = message.drop { $0.isWhitespace }.prefix { $0.isLetter }.lowercased()
      self.init(rawValue: start)
    }
  }

  /// What the demo's own HTTP 500 says.
  static let failure =
    "This is the demo's own error: the word 'error' asks for an HTTP 500. Nothing is broken; say something else to go on."

  /// The answer to the conversation's last message; nil stands for the HTTP error that the word `error` asks for.
  static func script(for messages: some Collection<CompletionRequest.Entry>) -> DemoScript? {
    let messages = Array(messages)
    let manner = DemoManner(
      systemPrompt: messages.filter { $0.role == .system || $0.role == .developer }.map(\.text).joined(separator: "\n"))
    if let last = messages.last, last.role == .tool { return .saying(manner.applied(to: thanks(for: messages))) }
    let said = messages.filter { $0.role == .user }.map(\.text)
    if said.last == Turn.carryOnInstruction { return rest(of: messages) }
    guard let word = said.last.flatMap(Word.init(startOf:)) else {
      // Words that asked for a demo answer were not said to Eliza.
      return .saying(manner.applied(to: Eliza.reply(to: said.filter { Word(startOf: $0) == nil })))
    }
    return script(for: word)
  }

  /// What is still to be said of an answer that broke off: the last message asks for it, the one before it is the beginning.
  private static func rest(of messages: [CompletionRequest.Entry]) -> DemoScript? {
    let beginning = messages.dropLast().last?.text ?? ""
    // By bytes: an answer may have broken off within a character.
    guard let whole = script(for: messages.dropLast(2))?.text.utf8, whole.starts(with: beginning.utf8),
      whole.count > beginning.utf8.count
    else { return .saying(" And here it goes on, to its end.") }
    return .saying(String(decoding: whole.dropFirst(beginning.utf8.count), as: UTF8.self))
  }

  private static func script(for word: Word) -> DemoScript? {
    switch word {
    case .markdown: .saying(DemoTexts.markdown)
    case .long: .saying(LighthouseLog.text(days: 17))
    case .unicode: .saying(DemoTexts.unicode)
    case .tools: tools
    case .reasoning: reasoning
    case .slow: slow
    case .stall:
      .saying("This sentence came in whole. This one was going well too, until in the middle of", ending: .silence)
    case .drop: .saying("The line goes dead after this sentence, and nobody says goodbye.", ending: .cut)
    case .error: nil
    }
  }

  /// Two calls at a time, their arguments in small pieces.
  private static var tools: DemoScript {
    var script = DemoScript(ending: .finished(reason: "tool_calls"))
    let calls = [
      ("call_demo_weather", "get_weather", ["{\"loc", "ation\":", "\"Oslo\"", ",\"unit\":", "\"celsius\"}"]),
      ("call_demo_time", "get_local_time", ["{\"time", "zone\":\"Europe", "/Oslo\"}"]),
    ]
    for (index, (id, name, pieces)) in calls.enumerated() {
      let pause: Duration = index == 0 ? DemoScript.thinking : .milliseconds(60)
      script.steps.append(.init(pause: pause, part: .toolCall(.init(index: index, id: id, name: name))))
      for piece in pieces {
        script.steps.append(.init(pause: .milliseconds(40), part: .toolCall(.init(index: index, arguments: piece))))
      }
    }
    return script
  }

  private static var reasoning: DemoScript {
    var script = DemoScript()
    script.add(
      """
      The user wants to see me think. A small problem will do: how many handshakes when seven people each greet every \
      other once? Each of the seven shakes six hands, that makes 42, but every handshake was counted twice, once from \
      either side. So half of it: 21. Check with three people: 3 times 2 is 6, half is 3. Correct.
      """
    ) { .reasoning($0) }
    script.add("Seven people who all shake hands once make **21** handshakes: 7 × 6 ÷ 2.") { .text($0) }
    return script
  }

  /// A word a second.
  private static var slow: DemoScript {
    let pieces = DemoScript.pieces("Ten words, and a whole second of silence before each.")
    return DemoScript(steps: pieces.map { .init(pause: .seconds(1), part: .text($0)) })
  }

  /// The answer to tools' results: they are repeated, to show that they arrived.
  private static func thanks(for messages: [CompletionRequest.Entry]) -> String {
    let results = messages.reversed().prefix { $0.role == .tool }.reversed()
    let told = results.map { "“\($0.text.prefix(200))”" }.joined(separator: " and ")
    return "The tools have answered \(told). Does that help you?"
  }
}
