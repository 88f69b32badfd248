import ChatScreen
import Glibc

/// Writes texts to files that the user names.
struct FileWriter: Sendable {
  /// What `~` stands for; nil where nothing is known.
  let home: String?

  /// Numbers that are tried for a name that is free.
  private static let lastNumber = 99

  /// Writes a text to a file with the permissions that the umask leaves. Blocks.
  ///
  /// A file that there is stays as it is, unless it is to be overwritten; of a new one nothing is left when it fails.
  func write(_ text: String, to path: String, overwrites: Bool) -> SaveOutcome {
    let full = expanded(path)
    // A pipe without a reader is a mistake and not waited for.
    let mode = overwrites ? O_TRUNC : O_EXCL
    let file = open(full, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | mode, 0o666)
    guard file >= 0 else {
      let error = errno
      if error == EEXIST, !isDirectory(full) { return .exists(path: path, free: freeName(like: path)) }
      return .failed(path: path, reason: Self.reason(error == EEXIST ? EISDIR : error))
    }
    var error = Self.writeAll(text, to: file)
    // Some file systems tell only now that there was no room.
    if close(file) < 0, error == 0, errno != EINTR { error = errno }
    guard error != 0 else { return .written(path: path) }
    if !overwrites { unlink(full) }
    return .failed(path: path, reason: Self.reason(error))
  }

  private func expanded(_ path: String) -> String { HomePath.expanded(path, home: home) }

  private func isDirectory(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }

  /// A name that no file has: `notes-2.md` for `notes.md`.
  private func freeName(like path: String) -> String? {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let dot = name.dropFirst().lastIndex(of: ".") ?? name.endIndex
    let stem = path.dropLast(name[dot...].count)
    var information = stat()
    return (2...Self.lastNumber).lazy.map { "\(stem)-\($0)\(name[dot...])" }.first {
      lstat(expanded($0), &information) < 0 && errno == ENOENT
    }
  }

  /// The error's number; 0 when all was written.
  static func writeAll(_ text: String, to file: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return count < 0 ? errno : EIO }
      rest = rest.dropFirst(count)
    }
    return 0
  }

  private static func reason(_ error: Int32) -> String { String(cString: strerror(error)) }
}
