import CSQLite
import Glibc

extension HistoryError {
  /// What a failure of SQLite's means.
  ///
  /// - Parameters:
  ///   - code: an extended result code (https://www.sqlite.org/rescode.html).
  ///   - system: the system's error number at that time; 0 where it was none of the system's.
  init(sqlite code: Int32, system: Int32, message: String, path: String) {
    let reason = system == 0 ? message : String(cString: strerror(system))
    switch code & 0xFF {
    case SQLITE_FULL: self = .full(path)
    case SQLITE_IOERR, SQLITE_CANTOPEN:
      if system == ENOSPC || system == EDQUOT {
        self = .full(path)
      } else if code & 0xFF == SQLITE_CANTOPEN || system == EROFS || system == EACCES {
        self = .unwritable(path, reason)
      } else {
        self.init(.io, "\(path) could not be read or written: \(reason)")
      }
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: self = .unwritable(path, reason)
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
      self.init(
        .locked, "\(path) is locked by another program", remedy: "End the other program, or wait until it is done")
    case SQLITE_CORRUPT, SQLITE_NOTADB: self.init(.damaged, "\(path) is damaged: \(message)")
    default: self.init(.unexpected, "\(path): \(message)")
    }
    self.code = code
  }

  /// True (SQLITE_CORRUPT_VTAB) where what is damaged is only an index that can be made anew from what it is of.
  var isOfIndex: Bool { code.map { $0 == SQLITE_CORRUPT | 1 << 8 } ?? false }

  static func full(_ path: String) -> HistoryError {
    HistoryError(.full, "There is no space left for \(path)", remedy: "Free some space on the disk")
  }

  static func unwritable(_ path: String, _ reason: String) -> HistoryError {
    HistoryError(
      .unwritable, "\(path) cannot be written: \(reason)",
      remedy: "Make its directory writable, or set XDG_DATA_HOME to another one")
  }
}
