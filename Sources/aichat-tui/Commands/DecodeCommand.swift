import ChatModel
import ChatWire
import Glibc

/// `decode`: the raw bytes of a service's stream on stdin, decoded to stdout.
struct DecodeCommand {
  private let options: Options
  private let console: Console

  /// Runs the command; returns the code to end with.
  static func run(_ options: Options, _ process: [String: String], _ console: Console) throws(CommandFailure)
    -> ExitCode
  {
    let command = DecodeCommand(options: options, console: console)
    do throws(Console.WriteError) {
      if options.showsEvents { return try command.events() }
    } catch { return console.ending(with: error) }
    let kind = try command.kind(process)
    do throws(Console.WriteError) { return try command.answer(kind) } catch { return console.ending(with: error) }
  }

  /// The kind that `--provider` names; the configuration is read only for a name of its own.
  private func kind(_ process: [String: String]) throws(CommandFailure) -> ProviderKind {
    guard let name = options.provider else { return .openai }
    if let kind = ProviderKind(rawValue: name) { return kind }
    let sources = try ConfigurationSources(reading: options, process: process)
    return try ProviderChoice(sources, asked: nil, allowsFallback: false).kind
  }

  /// Each event as a line of JSON, as soon as it is complete.
  private func events() throws(Console.WriteError) -> ExitCode {
    var parser = SSEParser()
    while true {
      let bytes: [UInt8]?
      do throws(FileContent.ReadError) { bytes = try FileContent.readSome(STDIN_FILENO) } catch {
        console.complain("[Unexpected Error: stdin: \(error.reason)]")
        return .unexpected
      }
      guard let bytes else { return .success }
      let events = parser.consume(bytes)
      if !events.isEmpty { try write(events) }
    }
  }

  private func write(_ events: [ServerSentEvent]) throws(Console.WriteError) {
    var lines = ""
    for event in events {
      lines += JSONText.object([
        "event": JSONText.string(event.event ?? "message"), "data": JSONText.string(event.text),
        "id": JSONText.string(event.id),
      ])
      lines += "\n"
    }
    try console.write(lines)
  }

  private func answer(_ kind: ProviderKind) throws(Console.WriteError) -> ExitCode {
    let clock = ContinuousClock()
    let start = clock.now
    var decoder = ResponseDecoder(kind: kind, head: nil)
    var accumulator = TurnAccumulator()
    var printer = AnswerPrinter(console)
    var firstPiece: Duration?
    while !accumulator.isOver {
      var events: [ChatEvent]
      do throws(FileContent.ReadError) {
        events =
          if let bytes = try FileContent.readSome(STDIN_FILENO) { decoder.consume(bytes) } else {
            decoder.finish(.closed)
          }
      } catch { events = decoder.finish(.cut(ChatError(.network, "stdin: \(error.reason)"))) }
      events = events.filter { accumulator.add($0) }
      if firstPiece == nil, events.contains(where: \.isPiece) { firstPiece = start.duration(to: clock.now) }
      if !options.isJSON { try printer.print(events) }
    }
    var result = accumulator.result
    result.timing = TurnTiming(firstChunk: firstPiece, total: start.duration(to: clock.now))
    if options.isJSON {
      try console.write(ResultJSON.line(index: 0, prompt: nil, result) + "\n")
    } else {
      try printer.finish()
      if let line = EndLine.text(result) { console.complain(line) }
    }
    return ExitCode(result)
  }
}
