extension Database {
  /// Brings the tables up to date, all of it or nothing.
  ///
  /// - Parameter steps: the step at index `n` makes version `n + 1` of version `n`.
  /// - Throws: `.newer` for a database that a later version made, `.foreign` for one that is not ours.
  func migrate(steps: [String] = Schema.steps) throws(HistoryError) {
    if try isCurrent(steps.count) { return }
    try transaction { () throws(HistoryError) in
      // Another program may have done it while this one waited.
      if try isCurrent(steps.count) { return }
      let version = try number("PRAGMA user_version") ?? 0
      for step in steps[version...] { try execute(step) }
      try execute("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(steps.count)")
    }
  }

  private func isCurrent(_ count: Int) throws(HistoryError) -> Bool {
    let version = try number("PRAGMA user_version") ?? 0
    let application = try number("PRAGMA application_id") ?? 0
    let tables = try number("SELECT count(*) FROM sqlite_schema") ?? 0
    guard application == Schema.applicationID || (application == 0 && version == 0 && tables == 0) else {
      throw HistoryError(
        .foreign, "\(path) is another program's database", remedy: "Move it away, or set XDG_DATA_HOME to another place"
      )
    }
    guard (0...count).contains(version) else {
      throw HistoryError(
        .newer, "The saved chats are a later version's",
        remedy: """
          Use that version, or set XDG_DATA_HOME to another place (\(path) has format \(version), this one knows \(count))
          """)
    }
    return version == count
  }
}
