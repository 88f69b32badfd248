import ChatModel

/// The way to the disk: one write after the other, and what is missing once that works again.
extension ConversationRecorder {
  /// Writes in the order of the calls. What fails is made good by writing all of the talk that is missing, some time later.
  func write(
    _ id: ConversationID, _ operation: @escaping @Sendable (HistoryStore) async throws(HistoryError) -> Void
  ) {
    guard talks[id]?.isKept == true else { return }
    let before = tail
    writes += 1
    talks[id]?.pending += 1
    tail = Task { [store, number = writes] in
      await before?.value
      defer { done(id) }
      // All was written, this with it.
      guard let talk = talks[id], number > talk.settled else { return }
      if let restsUntil, now() < restsUntil { return fallBehind(id) }
      do throws(HistoryError) {
        if talk.isBehind {
          try await writeAll(of: id)
        } else {
          do throws(HistoryError) { try await operation(store) } catch {
            guard error.kind == .notFound else { throw error }
            // Somebody deleted it, or the database had to be begun anew.
            try await writeAll(of: id)
            onTrouble(.broughtBack)
          }
        }
        succeeded()
      } catch {
        failed(error, id)
      }
    }
  }

  private func writeAll(of id: ConversationID) async throws(HistoryError) {
    guard let talk = talks[id] else { return }
    let all = writes
    try await store.merge(talk.saved)
    talks[id]?.settled = all
    talks[id]?.isBehind = false
  }

  private func done(_ id: ConversationID) {
    talks[id]?.pending -= 1
    forget()
  }

  private func succeeded() {
    restsUntil = nil
    rest = Self.rest
    guard hasComplained, !talks.values.contains(where: { $0.isKept && $0.isBehind }) else { return }
    hasComplained = false
    onTrouble(.savedAgain)
  }

  private func failed(_ error: HistoryError, _ id: ConversationID) {
    fallBehind(id)
    restsUntil = Timestamp(milliseconds: now().milliseconds + rest)
    if error.mayPass { tryAgain(after: .milliseconds(rest)) }
    rest = min(2 * rest, Self.longestRest)
    complain(error.message + (error.remedy.map { ". \($0)" } ?? ""))
  }

  /// Nobody may say anything more, and what was said is to be on the disk as soon as it can be.
  private func tryAgain(after time: Duration) {
    retry?.cancel()
    retry = Task { [sleep] in
      await sleep(time)
      if !Task.isCancelled { writeWhatIsMissing() }
    }
  }

  /// Writes all of the talks that something is missing of.
  func writeWhatIsMissing() {
    restsUntil = nil
    for (id, talk) in talks where talk.isBehind { write(id) { _ throws(HistoryError) in } }
  }

  /// Says why nothing is saved, unless that was said.
  func complain(_ why: String) {
    if hasComplained { return }
    hasComplained = true
    onTrouble(.notSaved(why))
  }

  /// Other programs may carry the answer on once its end is written, unless it goes on here by then.
  func release(_ message: MessageID) {
    Task { [tail] in
      await tail?.value
      guard next?.message.id != message, !answers.values.contains(where: { $0.message.id == message }) else { return }
      store.giveUp(.answer(message))
    }
  }

  /// Waits a little for what is being written.
  func settle() async {
    if let tail { await wait(for: tail, atMost: Self.patience) }
  }

  private func fallBehind(_ id: ConversationID) { talks[id]?.isBehind = true }

  /// Returns once the task has ended, or that has taken too long.
  func wait(for task: Task<Void, Never>, atMost time: Duration) async {
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    let work = Task {
      await task.value
      end.finish()
    }
    let limit = Task { [sleep] in
      await sleep(time)
      end.finish()
    }
    for await _ in ends {}
    limit.cancel()
    work.cancel()
  }
}
