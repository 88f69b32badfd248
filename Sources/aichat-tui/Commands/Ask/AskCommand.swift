import ChatEngine
import ChatHistory
import ChatModel
import CursesTerminal
import Glibc
import Synchronization

/// `ask`: a turn, streamed to stdout; with `--each` or several models one for each prompt and model, side by side.
struct AskCommand: Sendable {
  private let questions: [AskQuestion]
  /// One for each model.
  private let configurations: [Configuration]
  /// Turns that run at the same time, at most.
  private let jobs: Int
  private let output: AskOutput
  /// That of the first question; the others share with it what lives as long as the run.
  private let connection: ChatConnection
  private let store: HistoryStore
  private let tell: @Sendable (HistoryNotice) -> Void
  private let running = RunningSessions()

  /// Runs the command; returns the code to end with.
  static func run(_ options: Options, _ process: [String: String], _ console: Console) throws(CommandFailure)
    -> ExitCode
  {
    let attachments = try PromptInput.attachments(options.attachments, home: process["HOME"])
    let prompts = try PromptInput.prompts(options, from: STDIN_FILENO)
    let questions = AskQuestion.all(prompts, attachments: attachments, models: options.models.count)
    do {
      let configurations = try configurations(ConfigurationSources(reading: options, process: process))
      // From here on a signal ends the turns, not the program; the threads to come inherit that.
      let signals = try SignalWatch()
      let connection = try ChatConnection(
        configurations[0], clock: PausableClock(), tools: AllowedTools(configurations[0].runnableTools))
      defer { connection.close() }
      let command = AskCommand(questions, configurations, options, console, connection)
      command.watch(signals)
      return try Blocking.run { () async -> Result<ExitCode, CommandFailure> in
        do throws(CommandFailure) { return .success(try await command.askAll()) } catch { return .failure(error) }
      }.get()
    } catch {
      if options.isJSON, error.code != .usage {
        var result = TurnResult()
        result.status = .failed
        result.error = ChatError(error.code == .configuration ? .config : .unexpected, error.message)
        for question in questions {
          _ = console.show(ResultJSON.line(index: question.index, prompt: question.prompt, result) + "\n")
        }
      }
      throw error
    }
  }

  private init(
    _ questions: [AskQuestion], _ configurations: [Configuration], _ options: Options, _ console: Console,
    _ connection: ChatConnection
  ) {
    self.questions = questions
    self.configurations = configurations
    self.connection = connection
    jobs = options.jobs ?? 4
    output = AskOutput(
      console, isJSON: options.isJSON, isNumbered: options.isEach || options.models.count > 1)
    // Many talks may meet the same trouble.
    let told = Told()
    tell = { if told.isNew($0.message) { console.complain("aichat-tui: " + EndLine.oneLine($0.message)) } }
    store = SavedTalk.store(configurations[0], tell: tell)
  }

  /// What was complained of already.
  private final class Told: Sendable {
    private let words = Mutex<Set<String>>([])
    func isNew(_ text: String) -> Bool { words.withLock { $0.insert(text).inserted } }
  }

  /// The configuration for each model that is named, or the one.
  private static func configurations(_ sources: ConfigurationSources) throws(CommandFailure) -> [Configuration] {
    var sources = sources
    let first = try Configuration(sources, need: .turn)
    var all = [first]
    // What was read of a file that can be read only once holds for all.
    sources.options.toolsFile = nil
    for model in sources.options.models.dropFirst() {
      sources.options.model = model
      var other = try Configuration(sources, need: .turn)
      other.tools = first.tools
      all.append(other)
    }
    return all
  }

  private func watch(_ signals: SignalWatch) {
    signals.start(clock: connection.clock) { [running] signal in
      guard running.note(signal) else { _exit(signal.exitCode) }
      Task.detached { await running.cancelAll() }
      // A reader that takes nothing must not keep the program alive.
      DetachedThread.start {
        sleep(2)
        _exit(signal.exitCode)
      }
    }
  }

  /// Asks all questions, so many at a time; the code is the first that tells of a failure, by index.
  private func askAll() async throws(CommandFailure) -> ExitCode {
    let first = try turn(questions[0])
    try await first.talk.takeUp(configurations[0].resumption)
    let codes = await withTaskGroup(of: (Int, ExitCode).self) { group in
      var codes = [ExitCode](repeating: .success, count: questions.count)
      var waiting = questions.dropFirst()
      group.addTask { (0, await first.run()) }
      for _ in 1..<max(1, jobs) { begin(waiting.popFirst(), in: &group) }
      while let (index, code) = await group.next() {
        codes[index] = code
        begin(waiting.popFirst(), in: &group)
      }
      return codes
    }
    await store.close()
    if let failure = await output.failure { return failure.exitCode }
    return codes.first { $0 != .success } ?? .success
  }

  private func begin(_ question: AskQuestion?, in group: inout TaskGroup<(Int, ExitCode)>) {
    guard let question else { return }
    group.addTask {
      let turn: AskTurn
      do throws(CommandFailure) { turn = try self.turn(question) } catch {
        var result = TurnResult()
        result.status = .failed
        result.error = ChatError(.unexpected, error.message)
        await output.finish(result, of: question)
        return (question.index, error.code)
      }
      return (question.index, await turn.run())
    }
  }

  private func turn(_ question: AskQuestion) throws(CommandFailure) -> AskTurn {
    let configuration = configurations[question.model]
    let connection = question.index == 0 ? connection : try ChatConnection(beside: connection, configuration)
    return AskTurn(
      question: question, connection: connection, talk: SavedTalk(connection, configuration, in: store, tell: tell),
      output: output, running: running)
  }
}
