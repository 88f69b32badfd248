import ChatModel

/// Keeps conversations in a SQLite database: everything that is said, as it is said.
///
/// It works on a thread of its own, so that nobody else waits for the disk or for other programs. The database is opened by the
/// first call, not before. What was written is on the disk when the call returns; a call that throws has changed nothing. A
/// call that could not open the database leaves it to the next one to try again.
public actor HistoryStore {
  /// How long a call waits for other programs, in milliseconds.
  static let patience = 5000
  /// How long a deletion can be undone by a later run of the program, in milliseconds.
  static let graceOfDeleted = 24 * 3600 * 1000
  /// After which time the pieces of an answer that nobody finished become one text, which the search finds. Where its
  /// program does go on, its further pieces follow that.
  static let graceOfStreaming = 60 * 1000
  private static let choresAtEnd = 10

  private nonisolated let thread = HistoryThread()
  public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  private let file: HistoryFile?
  private nonisolated let claims: Claims
  private let system: String?
  let now: @Sendable () -> Timestamp
  private let onNotice: @Sendable (HistoryNotice) -> Void
  private var database: Database?
  /// Conversations that were deleted by this store, and can be brought back for as long as it is open.
  var deleted: Set<ConversationID> = []

  /// A store over a file; opens nothing yet.
  ///
  /// - Parameters:
  ///   - file: nil where there is no place for one: every call then throws `.noHome`.
  ///   - now: the time.
  ///   - onNotice: hears, on the store's thread, what the reader should know.
  public init(
    _ file: HistoryFile?, now: @escaping @Sendable () -> Timestamp,
    onNotice: @escaping @Sendable (HistoryNotice) -> Void = { _ in }
  ) {
    self.init(file, system: nil, now: now, onNotice: onNotice)
  }

  /// - Parameter system: the name of one of SQLite's file systems (VFS).
  init(
    _ file: HistoryFile?, system: String?, now: @escaping @Sendable () -> Timestamp,
    onNotice: @escaping @Sendable (HistoryNotice) -> Void = { _ in }
  ) {
    self.file = file
    claims = Claims(file?.claimsPath)
    self.system = system
    self.now = now
    self.onNotice = onNotice
  }

  /// Opens the database, which every other call does as well: for who wants to know at once whether it can be had.
  public func open() throws(HistoryError) {
    try perform { (_) in }
  }

  /// Closes the database, for good where nothing else is called. What this store deleted is gone then.
  public func close() {
    if database != nil, !deleted.isEmpty {
      // What cannot be removed now will be a day later.
      try? perform { (database) throws(HistoryError) in
        try database.purge(deleted)
        // All of it where there is little. Of much the next run does the rest: nobody is to wait for the end.
        for _ in 0..<Self.choresAtEnd { if try database.doChore() { break } }
      }
    }
    deleted = []
    database = nil
  }

  /// Takes something in hand, until it is given up or this store goes; false where another program has it.
  public nonisolated func claim(_ claim: Claim) -> Bool { claims.take(claim) }

  /// Lets other programs have it.
  public nonisolated func giveUp(_ claim: Claim) { claims.giveUp(claim) }

  /// Runs `body` on the database as it is now, whatever other programs write meanwhile.
  func read<Value>(_ body: (Database) throws(HistoryError) -> Value) throws(HistoryError) -> Value {
    try perform { (database) throws(HistoryError) in
      try database.snapshot { () throws(HistoryError) in try body(database) }
    }
  }

  /// Runs `body` as one transaction.
  @discardableResult
  func write<Value>(_ body: (Database) throws(HistoryError) -> Value) throws(HistoryError) -> Value {
    try perform { (database) throws(HistoryError) in
      try database.transaction { () throws(HistoryError) in try body(database) }
    }
  }

  /// Runs `body`, once more after what was damaged was mended or set aside.
  private func perform<Value>(_ body: (Database) throws(HistoryError) -> Value) throws(HistoryError) -> Value {
    do {
      return try body(try opened())
    } catch  where error.kind == .damaged {
      guard let database else { throw error }
      if error.isOfIndex, (try? database.rebuildIndexes()) != nil { return try body(database) }
      self.database = nil
      try setAside(database.identity)
      return try body(try opened())
    }
  }

  private func setAside(_ identity: FileIdentity?) throws(HistoryError) {
    guard let file else { throw .noHome }
    let time = now()
    let path = try file.withoutOthers { () throws(HistoryError) in try file.setAside(identity, at: time) }
    if let path { onNotice(.setAside(path: path)) }
  }

  private func opened() throws(HistoryError) -> Database {
    guard let file else { throw .noHome }
    // A file that was renamed or removed gets no more of what is said.
    // What could only be read may be writable by now.
    if let database, database.identity == file.identity, !database.isForReading {
      if database.isWhole { return database }
      self.database = nil
      try setAside(database.identity)
    }
    database = nil
    let opened: Database
    do {
      opened = try connectAsAllowed(file)
    } catch  where error.kind == .damaged {
      try setAside(file.identity)
      opened = try connect(file)
    }
    database = opened
    if opened.isForReading { return opened }
    // What is in the way of tidying is in nobody's way.
    try? opened.tidy(at: now())
    Task { [weak self] in while await self?.doChore() == true {} }
    return opened
  }

  /// A part of what is left to be done; the calls of others come in between. False when there is nothing left, or something is
  /// in the way.
  private func doChore() -> Bool {
    guard let database else { return false }
    return (try? database.doChore()) == false
  }

  /// Connects for reading alone where nothing can be written.
  private func connectAsAllowed(_ file: HistoryFile) throws(HistoryError) -> Database {
    let refusal: HistoryError
    do { return try connect(file) } catch {
      guard error.kind == .unwritable else { throw error }
      refusal = error
    }
    // A log that others keep is read with their help. Without one there is nothing but the file.
    for purpose in [Database.Purpose.reading, .readingAlone] where purpose == .reading || !file.hasLog {
      do throws(HistoryError) {
        let database = try Database(path: file.path, system: system, for: purpose)
        database.setPatience(Self.patience)
        try database.migrate()
        return database
      } catch {
        if error.kind == .newer || error.kind == .foreign { throw error }
      }
    }
    throw refusal
  }

  private func connect(_ file: HistoryFile) throws(HistoryError) -> Database {
    try file.prepareDirectory()
    return try file.withoutOthers { () throws(HistoryError) in
      try file.prepare()
      let database = try Database(path: file.path, system: system)
      database.setPatience(Self.patience)
      try database.configure(isOnLocalDisk: file.isOnLocalDisk)
      try database.migrate()
      return database
    }
  }
}
