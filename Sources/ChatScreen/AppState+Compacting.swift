import ChatModel

/// The summary that takes the place of older messages in what is sent. The transcript keeps them all.
extension AppState {
  /// Has the summary written.
  mutating func compact(at now: Duration) -> [Effect] {
    transcript.follow()
    turn = RunningTurn(startedAt: now)
    turn?.isCompacting = true
    let leaving = keys.aside(.escape, "leaves all as it was")
    hint = Hint(
      text: "Writing a summary of the older messages\(leaving)",
      shorter: ["Writing a summary\(leaving)", "Writing a summary" + keys.aside(.escape, "stops it")])
    return [.compact]
  }

  /// The summary has taken the messages' place.
  mutating func compacted(_ messages: Int, _ characters: Int) -> [Effect] {
    turn?.hasCompacted = true
    transcript.add {
      .notice(id: $0, text: "Compacted: \(messages) earlier messages are now a summary of \(characters) characters")
    }
    return []
  }

  /// Says why no summary came of it.
  mutating func sayIfNotCompacted(_ result: TurnResult) {
    guard turn?.hasCompacted != true else { return }
    if let error = result.error { transcript.add { .problem(id: $0, error) } }
    let shortcoming = result.status == .complete ? result.summaryShortcoming : nil
    let why = shortcoming ?? "everything is as it was"
    transcript.add { .notice(id: $0, text: "Not compacted: \(why)") }
  }
}
