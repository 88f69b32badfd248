import ChatModel
import ChatScreen
import TerminalModel

/// A play in a text file: what happens, line by line, and between it the effects (`=> …`) and screens (`|…`) that
/// followed. Running it writes it anew; it passes when that is the same text.
///
/// ```text
/// # A comment
/// size 80 24                      the first line of every play; later ones resize
/// type hello                      one key for each character; \n, \t, \e, \u{…} as in Swift
/// key Ctrl-C                      a key by the name that the help gives it
/// paste two\nlines
/// wheel -3 [COLUMN ROW] · click COLUMN ROW     the mouse
/// wait 0.25                       time passes, then a tick
/// started                         the session begins the next turn
/// text, reasoning, refusal, model WORDS   a piece of the answer
/// tool INDEX NAME ARGUMENTS       a fragment of a tool call; - is no name
/// asks NAME COMMAND…              a tool wants to run, with the arguments of the last call
/// runs NAME COMMAND…              one that was allowed before does
/// answered WORDS                  it has run, and said this
/// usage 12                        tokens of the answer
/// lines 20                        a piece with as many numbered lines
/// finish STATUS [REASON]          the turn's end
/// fail STATUS KIND [HTTP] MESSAGE [| REMEDY]
/// of N                            what follows is told of the N-th answer that was asked for side by side; 0: of the turn
/// answers PROVIDER MODEL          who that one turns out to be
/// kept N K COUNT                  the N-th was kept, and is the K-th of so many
/// stale WORDS                     a piece of the turn before
/// continues                       the session goes on with the answer of the turn before
/// compacted 120                   4 messages are a summary of so many characters
/// refused WORDS                   the session has nothing to do
/// copied sent | WORDS             what became of a copy: asked the terminal, or by this command
/// copied failed COMMAND REASON
/// wrote PATH [exists FREE | failed REASON]
/// edited TEXT | failed WORDS      what became of the text in the editor
/// attached TICKET text|image|missing PATH [TEXT]      what became of a file; `refused PATH REASON` too
/// ran TICKET ok|stopped|CODE OUTPUT     what a command printed
/// completions PATH FOUND FOUND     the files whose paths begin so
/// notice WORDS · ready PROVIDER MODEL
/// models PROVIDER NAME …          a provider's list; or `failed MESSAGE [| REMEDY]`
/// adopted PROVIDER [MODEL] [TEMPERATURE]     what was chosen last holds
/// not-adopted WORDS               it cannot be
/// prompt NAME | SUMMARY | TEXT | PROVIDER MODEL TEMPERATURE     a saved prompt; - is none
/// prompts [deleted NAME | restored NAME | default NAME | written NAME REPLACED | refused WORDS]   they are listed,
///                                 behind those built in, since this was done
/// chat ID | WHEN | TURNS | MODEL | TITLE     a saved chat; `pinned` may follow the id
/// chats [ID]                      they are listed; which is open
/// hit MESSAGE BEFORE *WORDS* AFTER    where the words stand in the chat named last
/// found WORDS                     the hits are told
/// saved ROLE TEXT                 a message of a saved chat, m1, m2 and so on; of an assistant it is a whole answer
/// beside MESSAGE ROLE TEXT        one that stands in the place of another; those that are said next follow it
/// head MESSAGE                    where the path ends, where it is not the last one
/// ways                            the ways through the talk of these messages are told
/// opened ID TITLE                 the chat of these messages was opened, at the hit named last
/// end COUNT ID TITLE              the last of these messages are there
/// rest ID TITLE                   and now all of them, with those that were said since
/// excerpt ID                      these messages are what a chat begins and ends with
/// notopened WORDS                 they cannot be had
/// renamed WORDS · trouble WORDS · shared · unkept
/// inputs WORDS | WORDS            what was asked in earlier chats, the newest first
/// draft WORDS [| WORDS …]         what was typed in an earlier run, and the messages that waited
/// edited-draft BACK | ASKED | TEXT | ASIDE     likewise, of a message that was being changed
/// lost-draft FILE | REASON | TEXT     likewise, of a file that is not as it was
/// drafts                          from here on it is said what is kept of what is typed
/// screen                          the rows are written here
/// styled                          and the cursor and styles too
/// ```
struct Screenplay {
  struct Mistake: Error, CustomStringConvertible { var description: String }

  private let keys: KeyMap
  private var state: AppState?
  private var showsDrafts = false
  private var now = Duration.zero
  private var turn = 0
  private var accumulator = TurnAccumulator()
  private var beginning: TurnResult?
  /// The turn's result as a session gives it.
  private var result: TurnResult { beginning?.joined(with: accumulator.result) ?? accumulator.result }
  private var output: [String] = []

  /// Runs a play and returns it with the effects and screens that came of it.
  static func run(_ text: String, keys: KeyMap = .standard) throws -> String {
    var play = Screenplay(keys: keys)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if isRecorded(line) { continue }
      play.output.append(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      try play.perform(line)
    }
    while play.output.last == "" { play.output.removeLast() }
    return play.output.joined(separator: "\n") + "\n"
  }

  private init(keys: KeyMap) { self.keys = keys }

  static func isRecorded(_ line: String) -> Bool {
    line.hasPrefix("|") || line.hasPrefix("=> ") || line.hasPrefix("cursor ") || line.hasPrefix("row ")
  }

  private mutating func perform(_ line: String) throws {
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = try Self.unescape(parts.count > 1 ? parts[1] : "")
    switch parts[0] {
    case "size": try resize(rest)
    case "type": for character in rest { try apply(.input(.key(Key(.character(character))))) }
    case "key": try apply(.input(.key(try Self.key(rest))))
    case "paste": try apply(.input(.paste(rest)))
    case "click":
      let numbers = rest.split(separator: " ").compactMap { Int($0) }
      try apply(.input(.click(Position(column: numbers[0], row: numbers[1]))))
    case "wheel":
      let numbers = rest.split(separator: " ").compactMap { Int($0) }
      let place = numbers.count > 2 ? Position(column: numbers[1], row: numbers[2]) : nil
      try apply(.input(.wheel(numbers[0], at: place)))
    case "of": select(Int(rest) ?? 0)
    case "answers":
      let words = Self.words(rest, 2)
      try apply(.answers(TurnID(turn), ServiceFacts(provider: words[0], model: words[1])))
    case "kept":
      let numbers = rest.split(separator: " ").compactMap { Int($0) }
      try apply(.kept(TurnID(-numbers[0]), Alternative(place: numbers[1], count: numbers[2])))
    case "wait":
      now += .milliseconds(Int((Double(rest) ?? 0) * 1000))
      try apply(.tick)
    case "notice": try apply(.notice(rest))
    case "ready":
      let words = Self.words(rest, 2)
      try apply(.ready(ServiceFacts(provider: words[0], model: words.count > 1 ? words[1] : nil)))
    case "copied":
      let words = Self.words(rest, 3)
      if words[0] == "failed", words.count == 3 {
        try apply(.copied(.failed(command: words[1], reason: words[2])))
      } else {
        try apply(.copied(rest == "sent" ? .sent : .taken(command: rest)))
      }
    case "wrote":
      let words = Self.words(rest, 3) + ["", ""]
      let outcomes = [
        "exists": SaveOutcome.exists(path: words[0], free: words[2]),
        "failed": .failed(path: words[0], reason: words[2]),
      ]
      try apply(.saved(outcomes[words[1]] ?? .written(path: words[0])))
    case "models", "adopted", "not-adopted", "prompt", "prompts":
      if let event = try services.event(parts[0], rest) { try apply(event) }
    case "attached":
      let words = Self.words(rest, 4)
      let outcomes = [
        "missing": AttachOutcome.missing(path: words[2]),
        "refused": .refused(path: words[2], reason: words.count > 3 ? words[3] : ""),
        "image": .read(Attachment(name: words[2], mediaType: "image/png", content: .image([1, 2, 3]))),
      ]
      let text = Attachment(name: words[2], content: .text(words.count > 3 ? words[3] : ""))
      try apply(.attached(ticket: Int(words[0]) ?? 0, outcomes[words[1]] ?? .read(text)))
    case "ran":
      let words = Self.words(rest, 3)
      let endings = ["ok": nil, "stopped": "stopped"]
      let outcome = CommandOutcome(output: words[2], ending: endings[words[1]] ?? "ended with exit code \(words[1])")
      try apply(.ran(ticket: Int(words[0]) ?? 0, outcome))
    case "completions":
      let words = rest.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      try apply(.completions(of: words[0], Array(words.dropFirst())))
    case "refused": try apply(.refused(rest))
    case "edited": try apply(.edited(rest.hasPrefix("failed ") ? .failed(String(rest.dropFirst(7))) : .text(rest)))
    case "drafts": showsDrafts = true
    case "screen": output += try screen(styled: false)
    case "styled": output += try screen(styled: true)
    default: try session(parts[0], rest)
    }
  }

  /// What came so far of answers side by side, and of the turn.
  private var aside: [Int: TurnAccumulator] = [:]
  private var sessionTurn = 0

  /// Goes on with another of several answers, or the turn.
  private mutating func select(_ number: Int) {
    aside[turn] = accumulator
    if turn > 0 { sessionTurn = turn }
    turn = number == 0 ? sessionTurn : -number
    accumulator = aside[turn] ?? TurnAccumulator()
    beginning = nil
  }

  /// Models, providers and prompts.
  private var services = ServicePlay()
  /// Saved chats, listed or opened next.
  var history = SavedPlay()

  private mutating func session(_ verb: String, _ rest: String) throws {
    switch verb {
    case "started":
      if turn >= 0 { turn += 1 }
      beginning = nil
      accumulator = TurnAccumulator()
      try update(.started(prompt: rest))
    case "continues":
      turn += 1
      beginning = result
      accumulator = TurnAccumulator()
      try update(.started(prompt: rest))
    case "compacted": try update(.compacted(messages: 4, characters: Int(rest) ?? 0))
    case "text": try event(.text(rest))
    case "reasoning": try event(.reasoning(rest))
    case "refusal": try event(.refusal(rest))
    case "model": try event(.model(rest))
    case "lines": try event(.text((1...(Int(rest) ?? 1)).map { "line \($0)\n" }.joined()))
    case "usage": try event(.usage(Usage(completionTokens: Int(rest))))
    case "tool":
      let words = Self.words(rest, 3)
      let name = words[1] == "-" ? nil : words[1]
      let fragment = ToolCallFragment(index: Int(words[0]), name: name, arguments: words.count > 2 ? words[2] : "")
      try event(.toolCall(fragment))
    case "asks", "runs":
      let words = rest.split(separator: " ").map(String.init)
      let arguments = accumulator.result.toolCalls.last?.arguments ?? ""
      let question = ToolQuestion(id: 1, name: words[0], command: Array(words.dropFirst()), arguments: arguments)
      try apply(verb == "asks" ? .toolAsked(question) : .toolRuns(question))
    case "answered":
      let part = beginning?.followed(by: accumulator.result) ?? accumulator.result
      beginning = part.answered(with: part.lastPart.toolCalls.map { _ in rest })
      accumulator = TurnAccumulator()
      if let round = beginning?.rounds.last { try update(.toolsAnswered(round)) }
    case "retrying":
      try update(.retrying(reason: ChatError(.rateLimit, rest, status: 429), after: .seconds(2)))
    case "finish": try finish(rest)
    case "fail": try fail(rest)
    case "stale":
      try apply(.session(SessionUpdate(turn: TurnID(turn - 1), change: .events([.text(rest)]))))
    default:
      guard let event = try history.event(verb, rest) else { return }
      try apply(.history(event))
    }
  }

  private mutating func event(_ event: ChatEvent) throws {
    accumulator.add(event)
    try update(.events([event]))
  }

  private mutating func update(_ change: SessionUpdate.Change) throws {
    try apply(.session(SessionUpdate(turn: TurnID(turn), change: change)))
  }

  private mutating func finish(_ rest: String) throws {
    let words = Self.words(rest, 2)
    if words.count > 1 { accumulator.add(.finishReason(words[1])) }
    accumulator.end(as: TurnStatus(rawValue: words[0]) ?? .failed)
    try update(.finished(result))
  }

  private mutating func fail(_ rest: String) throws {
    let halves = rest.split(separator: "|").map(String.init)
    var words = halves[0].split(separator: " ").map(String.init)
    guard words.count > 2, let status = TurnStatus(rawValue: words[0]), let kind = ChatError.Kind(rawValue: words[1])
    else { throw Mistake(description: "not a failure: \(rest)") }
    words.removeFirst(2)
    let http = Int(words[0])
    if http != nil { words.removeFirst() }
    let remedy = halves.count > 1 ? String(halves[1].drop { $0 == " " }) : nil
    accumulator.end(
      as: status, error: ChatError(kind, words.joined(separator: " "), status: http, remedy: remedy))
    try update(.finished(result))
  }

  private mutating func resize(_ rest: String) throws {
    let numbers = rest.split(separator: " ").compactMap { Int($0) }
    let size = Size(columns: numbers[0], rows: numbers[1])
    guard state == nil else { return try apply(.resized(size)) }
    state = AppState(
      size: size, provider: "demo", model: "demo-eliza", offers: ServicePlay.offers, keepsHistory: true, keys: keys)
  }

  private mutating func apply(_ event: AppEvent) throws {
    guard state != nil else { throw Mistake(description: "a play begins with its size") }
    for effect in state?.apply(event, at: now) ?? [] {
      // Whatever is typed is kept: that would be said after each line.
      if case .history(.keepDraft) = effect, !showsDrafts { continue }
      services.note(effect)
      output.append("=> \(Self.describe(effect))")
    }
  }

  private static func describe(_ effect: Effect) -> String {
    switch effect {
    case .send(let question):
      (["send \(question.text.debugDescription)"] + question.attachments.map { "+ \($0.summary)" }).joined(
        separator: " ")
    case .attach(let ticket, let path): "attach \(ticket) \(path)"
    case .copy(let text): "copy \(text.debugDescription)"
    case .save(let path, let text, let overwrites): "save\(overwrites ? "!" : "") \(path) \(text.debugDescription)"
    case .history(.keepDraft(let draft)): "keep \(SavedPlay.describe(draft))"
    case .history(.leaveDraft(let draft)): "leave \(SavedPlay.describe(draft))"
    case .setSystemPrompt(let prompt): "setSystemPrompt \(prompt.name)"
    case .prompts(let request): ServicePlay.describe(request)
    case .adopt(let choices): ServicePlay.describe(choices)
    case .compare(let question, let contenders):
      "compare \(question.text.debugDescription)"
        + contenders.map { " \($0.turn.number) \(ServicePlay.describe($0.choices).dropFirst("adopt ".count))" }.joined(
          separator: ",")
    case .keepCompared(let turn): "keepCompared \(turn.number)"
    default: "\(effect)"
    }
  }

  private func screen(styled: Bool) throws -> [String] {
    guard let state else { throw Mistake(description: "a play begins with its size") }
    let frame = Screen.render(state)
    let lines = frame.styledText.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return styled ? lines : lines.filter { $0.hasPrefix("|") || $0.hasPrefix("cursor ") }
  }

  static func words(_ text: String, _ count: Int) -> [String] {
    text.split(separator: " ", maxSplits: count - 1).map(String.init)
  }

  private static func unescape(_ text: String) throws -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "\\", let next = rest.popFirst() else {
        result.append(character)
        continue
      }
      switch next {
      case "n": result.append("\n")
      case "t": result.append("\t")
      case "e": result.append("\u{1B}")
      case "\\": result.append("\\")
      case "u":
        let digits = rest.dropFirst().prefix { $0 != "}" }
        guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
          throw Mistake(description: "no such character: \(digits)")
        }
        result.unicodeScalars.append(scalar)
        rest = rest.dropFirst(digits.count + 2)
      default: throw Mistake(description: "no such escape: \\\(next)")
      }
    }
    return result
  }

  /// A key by the name that the help gives it.
  static func key(_ name: String) throws -> Key {
    guard let key = Key(notation: name) else { throw Mistake(description: "no such key: \(name)") }
    return key
  }
}
