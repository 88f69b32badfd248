import ChatEngine
import ChatHistory
import ChatModel
import CursesTerminal
import Glibc
import Synchronization

/// `--plain`: the chat line by line, for dumb terminals, screen readers and pipes.
struct PlainCommand: Sendable {
  private let console: Console
  private let configuration: Configuration
  private let connection: ChatConnection
  private let talk: SavedTalk
  /// True while an answer streams, which Ctrl-C then stops; else it ends the program.
  private let isAnswering = Flag()
  private let ending = FirstSignal()

  private final class Flag: Sendable {
    private let state = Mutex(false)
    var value: Bool {
      get { state.withLock { $0 } }
      set { state.withLock { $0 = newValue } }
    }
  }

  /// Runs the chat to its end; returns the code to end with.
  static func run(_ options: Options, _ process: [String: String], _ console: Console) throws(CommandFailure)
    -> ExitCode
  {
    let configuration = try Configuration(ConfigurationSources(reading: options, process: process), need: .chat)
    let signals = try SignalWatch()
    let connection = try ChatConnection(
      configuration, clock: PausableClock(), tools: AllowedTools(configuration.runnableTools))
    defer { connection.close() }
    let talk = SavedTalk(connection, configuration) { console.complain(EndLine.oneLine("[\($0.message)]")) }
    let command = PlainCommand(
      console: console, configuration: configuration, connection: connection, talk: talk)
    command.watch(signals)
    let outcome = Blocking.run { () async -> Result<ExitCode, CommandFailure> in
      do throws(CommandFailure) { try await talk.takeUp(configuration.resumption) } catch { return .failure(error) }
      let code = await command.chat()
      await talk.finish()
      await connection.session.finishFarewells()
      return .success(code)
    }
    return try outcome.get()
  }

  private func watch(_ signals: SignalWatch) {
    signals.start(clock: connection.clock) { [isAnswering, ending, session = connection.session] signal in
      if signal == .interrupt, isAnswering.value {
        Task.detached { await session.cancel() }
        return
      }
      guard ending.note(signal) else { _exit(signal.exitCode) }
      Task.detached { [talk] in
        await session.cancel()
        await talk.finish()
        await session.finishFarewells()
        _exit(signal.exitCode)
      }
      // Longer than a farewell takes, whatever keeps the session.
      DetachedThread.start {
        sleep(4)
        _exit(signal.exitCode)
      }
    }
  }

  private func chat() async -> ExitCode {
    let lines = LineReader(STDIN_FILENO)
    var attachments: [Attachment] = []
    do throws(Console.WriteError) {
      try say(greeting)
      while true {
        // What follows on a pipe is not asked any more.
        if let signal = ending.value { return ExitCode(signal) }
        try console.write("User: ")
        guard let line = await lines.next() else {
          try console.write("\n")
          return .success
        }
        let input = String(line.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        if ["", "exit", "/exit"].contains(input) { return .success }
        switch PlainInput(input) {
        case .attach(let path): try attach(path, to: &attachments)
        case let command?: try await perform(command)
        case nil:
          try await answer(Question(input, attachments: attachments))
          attachments = []
        }
      }
    } catch {
      await connection.session.cancel()
      return console.ending(with: error)
    }
  }

  private var greeting: String {
    var text = "Chat with \(connection.provider.name). An empty line or “exit” ends it, /help lists the commands."
    if configuration.isFallback {
      text +=
        "\nNothing is configured yet, so the built-in demo answers; aichat-tui config init writes a configuration."
    }
    return text
  }

  private func perform(_ command: PlainInput) async throws(Console.WriteError) {
    switch command {
    case .attach: break
    case .help: try say(PlainInput.summary)
    case .compare:
      try say("[/compare is for the full screen; `aichat-tui ask -m A -m B …` asks several models from a shell]")
    case .clear:
      await talk.clear()
      try say("[The conversation begins anew]")
    case .title(let title): try await name(title)
    case .undo:
      if await talk.takeBack(1) {
        try say("[The last turn is taken back]")
      } else {
        try say("[There is nothing to take back]")
      }
    case .retry(let model):
      if let updates = await talk.retry(with: model) {
        try await stream(updates)
      } else {
        try say("[Nothing to retry]")
      }
    case .carryOn:
      switch await talk.carryOn() {
      case .turn(let updates): try await stream(updates)
      case .refused(let why): try say("[\(why)]")
      }
    case .compact:
      if let updates = await connection.session.compact() {
        try await tell(compaction: updates)
      } else {
        try say("[Nothing to compact: there are no older messages]")
      }
    case .listPrompts:
      for prompt in configuration.library.systemPrompts {
        try say("\(prompt.name)\(prompt.summary.isEmpty ? "" : ": \(prompt.summary)")")
      }
    case .usePrompt(let name):
      switch configuration.library.prompt(named: name) {
      case .success(let saved):
        await talk.setSystemPrompt(saved.prompt)
        try say("[System prompt: \(saved.prompt.name), from the next turn on]")
      case .failure(let unknown): try say("[\(unknown.message)]")
      }
    case .unknown(let word):
      try say("[\(word) is no command\(NearestName.hint(word, among: PlainInput.words))]")
    }
  }

  private func name(_ title: String) async throws(Console.WriteError) {
    if title.isEmpty { return try say("[How is this chat to be called? /title WORDS]") }
    let outcome: String
    do throws(HistoryError) {
      let isThere = try await talk.recorder.rename(title)
      outcome =
        isThere ? "This chat is called “\(title)” now" : "The first message begins a chat, which has no name before"
    } catch {
      outcome = error.message
    }
    try say("[\(outcome)]")
  }

  /// Has a file go along with the next message.
  private func attach(_ path: String, to attachments: inout [Attachment]) throws(Console.WriteError) {
    if path.isEmpty { return try say("[Which file? /attach FILE]") }
    switch AttachedFile(home: configuration.environment["HOME"]).read(path) {
    case .read(let file):
      attachments.append(file)
      try say("[\(file.summary) goes along with the next message]")
    case .missing(let path): try say("[There is no file \(path)]")
    case .refused(let path, let reason): try say("[\(path) \(reason)]")
    }
  }

  private func answer(_ input: Question) async throws(Console.WriteError) {
    // Before the turn begins: a Ctrl-C that comes from now on stops it.
    isAnswering.value = true
    try await stream(await talk.send(input))
  }

  private func stream(_ updates: TurnUpdates) async throws(Console.WriteError) {
    isAnswering.value = true
    defer { isAnswering.value = false }
    // Tools were told of, on lines of their own.
    var isLineFree = false
    var printer = AnswerPrinter(console)
    try console.write("Assistant: ")
    for await update in updates {
      await talk.note(update)
      switch update.change {
      case .started, .compacted, .silent: break
      case .events(let events): try printer.print(events)
      case .retrying(let reason, _):
        console.complain("[Trying again: \(EndLine.sentence(reason))]")
      case .toolsAnswered(let round):
        try printer.finish()
        if printer.hasWritten ? !printer.isAtLineStart : !isLineFree { try console.write("\n") }
        isLineFree = true
        for (call, output) in zip(round.calls, round.outputs) {
          try say("[Tool call: \(call.name ?? "?")(\(call.arguments))]")
          try say("[Its answer: \(EndLine.oneLine(output).prefix(200))]")
        }
        printer = AnswerPrinter(console)
      case .finished(let result):
        try printer.finish()
        try conclude(result, after: printer)
      }
    }
  }

  /// Waits for a summary, which is not shown, and says what came of it.
  private func tell(compaction updates: TurnUpdates) async throws(Console.WriteError) {
    isAnswering.value = true
    defer { isAnswering.value = false }
    try say("[The model writes a summary of the older messages]")
    var hasCompacted = false
    for await update in updates {
      await talk.note(update)
      switch update.change {
      case .started, .events, .silent, .toolsAnswered: break
      case .retrying(let reason, _): console.complain("[Trying again: \(EndLine.sentence(reason))]")
      case .compacted(let messages, let characters):
        hasCompacted = true
        try say("[Compacted: \(messages) earlier messages are now a summary of \(characters) characters]")
      case .finished(let result):
        if hasCompacted { break }
        if let error = result.error { try say("[\(EndLine.sentence(error))]") }
        let shortcoming = result.status == .complete ? result.summaryShortcoming : nil
        try say("[Not compacted: \(shortcoming ?? "everything is as it was")]")
      }
    }
  }

  /// Ends the answer's line and says how the turn ended, where that was early.
  private func conclude(_ result: TurnResult, after printer: AnswerPrinter) throws(Console.WriteError) {
    if !printer.isAtLineStart || !printer.hasWritten { try console.write("\n") }
    for call in result.lastPart.toolCalls { try say("[Tool call: \(call.name ?? "?")(\(call.arguments))]") }
    if result.status == .cancelled { try say("[Stopped]") }
    guard var line = EndLine.text(result) else { return }
    if let error = result.error, result.status != .failed {
      line += " " + EndLine.sentence(error)
      if !line.hasSuffix(".") { line += "." }
    }
    if result.error?.contextExcess != nil {
      line += " /compact folds the older messages into a summary, /clear begins anew."
    }
    if result.isUnfinished { line += " /continue goes on from there, /retry asks again." }
    try say(line)
  }

  private func say(_ text: String) throws(Console.WriteError) {
    for line in text.split(separator: "\n") { try console.write(EndLine.oneLine(String(line)) + "\n") }
  }
}
