import ChatEngine
import ChatModel
import ChatScreen
import Glibc

/// A tool of the configuration: a program that may be run when the model calls it.
///
/// It gets the call's arguments on its standard input, no terminal, no shell and none of our keys; what it prints is the answer.
struct RunnableTool: Equatable, Sendable {
  /// Bytes of an answer that a model is told, at most.
  static let longestAnswer = 64 << 10

  var name: String
  /// What the model is told of it, in OpenAI's form.
  var definition: JSONValue
  /// The program, sought in PATH, and its arguments.
  var command: [String]
  var limit: Duration
  var environment: [String: String] = [:]

  /// Runs it; the answer for the model, which also tells of a failure. Cancelling the task ends it.
  func run(_ arguments: String) async -> String {
    let interruption = CommandInterruption()
    return await withTaskCancellationHandler {
      await Blocking.call { perform(arguments, until: interruption) }
    } onCancel: {
      interruption.raise()
    }
  }

  /// Blocks until it has ended; what it leaves running in the background is not waited for.
  private func perform(_ arguments: String, until interruption: CommandInterruption) -> String {
    guard let input = MemoryFile.holding(arguments), let printed = CommandPipe(), let complained = CommandPipe(),
      let ended = CommandPipe()
    else { return "[\(name) could not be started: no memory]" }
    defer { close(input) }
    defer { withExtendedLifetime((printed, complained, ended)) {} }
    let child: pid_t
    switch ChildProcess.spawn(
      command, environment: environment, input: input, output: printed.writing, errors: complained.writing)
    {
    case .success(let pid): child = pid
    case .failure(let failure): return "[\(name) \(failure.reason)]"
    }
    printed.closeWriting()
    complained.closeWriting()
    interruption.began(-child)
    // The end of the pipe tells the end of the command.
    let status = DetachedThread.start {
      ChildProcess.awaitEnd(child)
      ended.closeWriting()
    }
    var output = CommandOutput(limit: limit, longest: Self.longestAnswer, dropsExcess: true)
    let hasEnded =
      status == 0
      && output.collect(
        printed: printed.reading, complained: complained.reading, ended: ended.reading,
        interrupted: interruption.descriptor)
    interruption.ended()
    // What it started in its turn goes with it where it took too long.
    if !hasEnded || interruption.isRaised { kill(-child, SIGKILL) }
    return answer(output, end: ChildProcess.wait(child), hasEnded: hasEnded)
  }

  private func answer(_ output: CommandOutput, end: Int32, hasEnded: Bool) -> String {
    var parts = [String(decoding: output.printed, as: UTF8.self)]
    if output.isCut { parts.append("[cut after \(Self.longestAnswer) bytes]") }
    if !hasEnded {
      parts.append("[\(name) took longer than \(limit.components.seconds) s and was ended]")
    } else if let reason = ChildProcess.failure(end) {
      parts.append("[\(name) \(reason)]")
      parts.append(output.complaints)
    }
    let text = parts.filter { !$0.isEmpty }.joined(separator: "\n")
    return text.isEmpty ? "(no output)" : text
  }
}

extension RunnableTool {
  /// Reads `tools`: an object of names, each with its command.
  static func all(_ reader: inout ObjectReader) -> [RunnableTool] {
    reader.names.sorted().compactMap { name in reader.object(name) { read(name, &$0) } ?? nil }
  }

  private static func read(_ name: String, _ reader: inout ObjectReader) -> RunnableTool? {
    let command = reader.programAndArguments("command")
    let seconds = reader.number("timeout") ?? 30
    if seconds == 0 { reader.fail("timeout", nil, "must be more than 0") }
    var function: [String: JSONValue] = ["name": .string(name)]
    function["description"] = reader.string("description").map(JSONValue.string)
    if let node = reader.node("parameters") {
      if case .object = node.value {
        function["parameters"] = node.value
      } else {
        reader.fail("parameters", node, "must be an object, a JSON schema")
      }
    }
    function["parameters"] = function["parameters"] ?? .object(["type": .string("object"), "properties": .object([:])])
    guard let command else { return nil }
    return RunnableTool(
      name: name, definition: .object(["type": .string("function"), "function": .object(function)]), command: command,
      limit: .seconds(bounded: seconds))
  }
}
