import ChatEngine
import ChatModel
import CursesTerminal
import Glibc

/// `ask`: one turn, streamed to stdout.
struct AskCommand: Sendable {
  private let options: Options
  private let console: Console
  private let prompt: String
  private let connection: ChatConnection
  private let talk: SavedTalk
  /// The signal that ended the turn, once one did.
  private let ending = FirstSignal()

  /// Runs the command; returns the code to end with.
  static func run(_ options: Options, _ process: [String: String], _ console: Console) throws(CommandFailure)
    -> ExitCode
  {
    let prompt = try PromptInput.read(words: options.words, from: STDIN_FILENO)
    do {
      let configuration = try Configuration(ConfigurationSources(reading: options, process: process), need: .turn)
      // From here on a signal ends the turn, not the program; the threads to come inherit that.
      let signals = try SignalWatch()
      let connection = try ChatConnection(configuration, clock: PausableClock())
      defer { connection.close() }
      // Scripts read one line of a turn there, and none of one that went well.
      let tells = isatty(STDERR_FILENO) == 1
      let talk = SavedTalk(connection, configuration) {
        if tells { console.complain("aichat-tui: " + EndLine.oneLine($0)) }
      }
      let command = AskCommand(
        options: options, console: console, prompt: prompt, connection: connection, talk: talk)
      command.watch(signals)
      let outcome = Blocking.run { () async -> Result<ExitCode, CommandFailure> in
        do throws(CommandFailure) { try await talk.takeUp(configuration.resumption) } catch { return .failure(error) }
        let code = await command.turn()
        await talk.finish()
        await connection.session.finishFarewells()
        return .success(code)
      }
      return try outcome.get()
    } catch {
      if options.isJSON, error.code != .usage {
        var result = TurnResult()
        result.status = .failed
        result.error = ChatError(error.code == .configuration ? .config : .unexpected, error.message)
        _ = console.show(ResultJSON.line(index: 0, prompt: prompt, result) + "\n")
      }
      throw error
    }
  }

  private func watch(_ signals: SignalWatch) {
    signals.start(clock: connection.clock) { [ending, session = connection.session] signal in
      guard ending.note(signal) else { _exit(signal.exitCode) }
      Task.detached { await session.cancel() }
      // A reader that takes nothing must not keep the program alive.
      DetachedThread.start {
        sleep(2)
        _exit(signal.exitCode)
      }
    }
  }

  private func turn() async -> ExitCode {
    var printer = AnswerPrinter(console)
    var code = ExitCode.unexpected
    var isBroken = false
    for await update in await talk.send(prompt) {
      await talk.note(update)
      // What came until nobody could be told any more is saved, with how it ended.
      if isBroken { continue }
      do throws(Console.WriteError) {
        switch update.change {
        case .started, .retrying, .compacted: break
        case .events(let events): if !options.isJSON { try printer.print(events) }
        case .finished(let result): code = try finish(result, &printer)
        }
      } catch {
        isBroken = true
        code = error.exitCode
        await connection.session.cancel()
        if error != .readerGone { console.complain("aichat-tui: stdout: \(String(cString: strerror(error.number)))") }
      }
    }
    return code
  }

  private func finish(_ result: TurnResult, _ printer: inout AnswerPrinter) throws(Console.WriteError) -> ExitCode {
    if options.isJSON {
      try console.write(ResultJSON.line(index: 0, prompt: prompt, result) + "\n")
    } else {
      try printer.finish()
      if !result.toolCalls.isEmpty {
        let names = result.toolCalls.map { $0.name ?? "?" }.joined(separator: ", ")
        console.complain(EndLine.oneLine("[Tool calls: \(names) (--json shows them)]"))
      }
      if let line = EndLine.text(result) { console.complain(line) }
    }
    if result.status == .cancelled, let ending = ending.value { return ExitCode(ending) }
    return ExitCode(result)
  }
}
