/// Why something is not being saved, or not found, in words for the reader. The chat goes on without.
public struct HistoryError: Error, Equatable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// There is no place for it: neither XDG_DATA_HOME nor HOME is set.
    case noHome = "no_home"
    /// The directory or the file cannot be written.
    case unwritable
    /// The disk, or the quota, is full.
    case full
    /// Another program kept the database for itself for too long.
    case locked
    /// The file is no database, or one whose pages do not fit together.
    case damaged
    /// A later version of the program made the database.
    case newer
    /// The file is another program's database.
    case foreign
    /// The system could not read or write.
    case io
    /// No conversation or message goes by this name.
    case notFound = "not_found"
    /// Several conversations begin with these characters.
    case ambiguous
    /// A mistake of ours.
    case unexpected
  }

  public var kind: Kind
  /// A sentence for the reader.
  public var message: String
  /// What the reader can do about it.
  public var remedy: String?
  /// SQLite's extended result code, where it was SQLite that said so.
  public var code: Int32?

  public init(_ kind: Kind, _ message: String, remedy: String? = nil, code: Int32? = nil) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
    self.code = code
  }

  /// Whether the same may well succeed later, without anybody having changed the program or the file.
  public var mayPass: Bool {
    switch kind {
    case .full, .locked, .io, .unwritable: true
    case .noHome, .damaged, .newer, .foreign, .notFound, .ambiguous, .unexpected: false
    }
  }

  static let noHome = HistoryError(
    .noHome, "There is no place for saved chats: neither XDG_DATA_HOME nor HOME is set",
    remedy: "Set HOME, or XDG_DATA_HOME to an absolute path")
  static func noConversation(_ id: String) -> HistoryError { HistoryError(.notFound, "There is no saved chat \(id)") }
  static func noDeleted(_ id: String) -> HistoryError {
    HistoryError(.notFound, "There is no deleted chat \(id) that could be brought back")
  }
  static func noMessage(_ id: String) -> HistoryError { HistoryError(.notFound, "There is no saved message \(id)") }
}
