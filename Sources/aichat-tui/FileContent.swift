import Glibc

/// A file's bytes, with who owns it and who may read it.
struct FileContent {
  var bytes: [UInt8]
  /// The permission bits, for example 0o600.
  var mode: UInt32
  var owner: UInt32

  /// True when nobody but this process's user (and root) can read the file.
  var isPrivate: Bool { mode & 0o077 == 0 && owner == geteuid() }

  /// Why a file could not be read, by its `errno`.
  struct ReadError: Error, Equatable {
    var code: Int32
    /// The system's words for it.
    var reason: String { code == ENOTSUP ? "is no regular file" : String(cString: strerror(code)) }
    var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  }

  /// Reads a whole file of at most `limit` bytes (8 MiB). A larger one is `EFBIG`, a directory `EISDIR`.
  ///
  /// A file that the user named may also be a pipe, of a shell's `<(…)` say. One that was only found must be a regular
  /// file, since a pipe that nobody writes to would be waited for without end; anything else is `ENOTSUP`.
  static func read(_ path: String, limit: Int = 8 << 20, isNamed: Bool = true) throws(ReadError) -> FileContent {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | (isNamed ? 0 : O_NONBLOCK))
    guard descriptor >= 0 else { throw ReadError(code: errno) }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw ReadError(code: errno) }
    if information.st_mode & S_IFMT == S_IFDIR { throw ReadError(code: EISDIR) }
    if !isNamed, information.st_mode & S_IFMT != S_IFREG { throw ReadError(code: ENOTSUP) }
    let bytes = try readAll(descriptor, limit: limit)
    return FileContent(bytes: bytes, mode: information.st_mode & 0o7777, owner: information.st_uid)
  }

  /// Reads a descriptor to its end, at most `limit` bytes.
  static func readAll(_ descriptor: Int32, limit: Int) throws(ReadError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try readSome(descriptor) {
      bytes += piece
      if bytes.count > limit { throw ReadError(code: EFBIG) }
    }
    return bytes
  }

  /// What the next read of the descriptor brings, waiting for it where needed; nil at its end.
  static func readSome(_ descriptor: Int32) throws(ReadError) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count > 0 { return Array(buffer[..<count]) }
      if count == 0 { return nil }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, -1)
      default: throw ReadError(code: errno)
      }
    }
  }
}
