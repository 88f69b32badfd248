import ChatEngine
import ChatModel

/// The turn of one question, in a chat of its own.
struct AskTurn: Sendable {
  let question: AskQuestion
  let connection: ChatConnection
  let talk: SavedTalk
  let output: AskOutput
  let running: RunningSessions

  /// Asks; returns the code that the turn's end stands for.
  func run() async -> ExitCode {
    guard running.add(connection.session, for: question.index) else { return await leaveOut() }
    let code = await turn()
    running.remove(question.index)
    await talk.finish()
    await connection.session.finishFarewells()
    return code
  }

  private func turn() async -> ExitCode {
    let updates = await talk.send(Question(question.prompt, attachments: question.attachments))
    // What ended the run before the turn began found nothing to cancel.
    if running.isEnding { await connection.session.cancel() }
    var code = ExitCode.unexpected
    for await update in updates {
      await talk.note(update)
      var isTold = true
      switch update.change {
      case .started, .retrying, .compacted, .silent, .toolsAnswered: break
      case .events(let events): isTold = await output.tell(events, of: question)
      case .finished(let result):
        isTold = await output.finish(result, of: question)
        code = self.code(result)
      }
      // What came until nobody could be told any more is saved, with how it ended.
      if !isTold, !running.isEnding { await running.cancelAll() }
    }
    return code
  }

  /// A question that is not asked any more has a result, too.
  private func leaveOut() async -> ExitCode {
    var result = TurnResult()
    result.status = .cancelled
    await output.finish(result, of: question)
    return code(result)
  }

  private func code(_ result: TurnResult) -> ExitCode {
    if result.status == .cancelled, let signal = running.signal { return ExitCode(signal) }
    return ExitCode(result)
  }
}
