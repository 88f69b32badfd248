import ChatModel
import Glibc

/// Where the answers of a run go, one piece at a time: lines of different answers do not mix.
actor AskOutput {
  private let console: Console
  private let isJSON: Bool
  /// Whether each line says which question it answers.
  private let isNumbered: Bool
  private var printers: [Int: AnswerPrinter] = [:]
  /// Why nothing can be told any more.
  private(set) var failure: Console.WriteError?

  init(_ console: Console, isJSON: Bool, isNumbered: Bool) {
    self.console = console
    self.isJSON = isJSON
    self.isNumbered = isNumbered
  }

  /// Tells what came of an answer; false when that cannot be told.
  func tell(_ events: [ChatEvent], of question: AskQuestion) -> Bool {
    guard !isJSON else { return failure == nil }
    return attempt { () throws(Console.WriteError) in
      try printers[question.index, default: printer(question)].print(events)
    }
  }

  /// Tells how an answer ended; false when that cannot be told.
  @discardableResult
  func finish(_ result: TurnResult, of question: AskQuestion) -> Bool {
    attempt { () throws(Console.WriteError) in
      if isJSON {
        try console.write(ResultJSON.line(index: question.index, prompt: question.prompt, result) + "\n")
        return
      }
      try printers[question.index]?.finish()
      printers[question.index] = nil
      let unanswered = result.lastPart.toolCalls
      if let limit = result.toolLimitMark {
        complain(limit, of: question)
      } else if !unanswered.isEmpty {
        let names = unanswered.map { $0.name ?? "?" }.joined(separator: ", ")
        complain(EndLine.oneLine("[Tool calls: \(names) (--json shows them)]"), of: question)
      }
      if let line = EndLine.text(result) { complain(line, of: question) }
    }
  }

  private func printer(_ question: AskQuestion) -> AnswerPrinter {
    AnswerPrinter(console, linePrefix: isNumbered ? prefix(question) : nil)
  }

  private func prefix(_ question: AskQuestion) -> String { "[\(question.index)] " }

  private func complain(_ line: String, of question: AskQuestion) {
    console.complain((isNumbered ? prefix(question) : "") + line)
  }

  /// After a write that failed nothing more is written.
  private func attempt(_ write: () throws(Console.WriteError) -> Void) -> Bool {
    if failure != nil { return false }
    do throws(Console.WriteError) { try write() } catch {
      failure = error
      _ = console.ending(with: error)
      return false
    }
    return true
  }
}
