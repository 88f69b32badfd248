import CSQLite
import ChatModel
import Glibc

/// Where saved chats lie, and who may read them: a directory with mode 0700 and files with 0600, whatever the umask.
public struct HistoryFile: Equatable, Sendable {
  /// Absolute.
  public let path: String
  /// A directory that is not made where it is missing: the user's home.
  private let home: String?

  /// The database at `path`, whose directory is taken for ours.
  public init(path: String) {
    self.path = path
    home = nil
  }

  /// `$XDG_DATA_HOME/aichat-tui/history.sqlite`, else below `~/.local/share`; nil where neither is an absolute path.
  public init?(environment: [String: String]) {
    if let base = environment["XDG_DATA_HOME"], base.hasPrefix("/") {
      path = base + "/aichat-tui/history.sqlite"
      self.home = nil
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      path = home + "/.local/share/aichat-tui/history.sqlite"
      self.home = home
    } else {
      return nil
    }
  }

  var directory: String {
    let end = path.lastIndex(of: "/") ?? path.startIndex
    return end == path.startIndex ? "/" : String(path[..<end])
  }

  /// The files that SQLite keeps beside the database.
  private var companions: [String] { ["-wal", "-shm", "-journal"].map { path + $0 } }

  /// The file whose bytes say what programs have in hand.
  var claimsPath: String { path + "-claims" }

  /// Whether a log lies beside the database, with what is not yet in it.
  var hasLog: Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }

  /// Makes the directory where it is missing, and takes from others what they must not have.
  func prepareDirectory() throws(HistoryError) {
    try makeDirectory(directory)
    // Only a directory that others may look into is changed, and one that is not ours is left alone.
    if let mode = Self.mode(directory), mode & 0o077 != 0 { chmod(directory, 0o700) }
  }

  /// Makes an empty file in the directory where there is none, and takes from others what they must not have.
  func prepare() throws(HistoryError) {
    // A file that is there must not be opened here: closing it would take SQLite's locks from this process.
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file >= 0 {
      fchmod(file, 0o600)
      close(file)
    } else if errno != EEXIST {
      throw unwritable(errno)
    }
    for name in [path] + companions {
      if let mode = Self.mode(name), mode & 0o077 != 0 { chmod(name, mode & 0o700) }
    }
  }

  /// The missing ones of a path's directories.
  private func makeDirectory(_ directory: String) throws(HistoryError) {
    if directory == home, access(directory, F_OK) != 0 { throw unwritable(errno) }
    if mkdir(directory, 0o700) == 0 {
      // The umask may have taken our own right to write there.
      chmod(directory, 0o700)
      return
    }
    switch errno {
    case EEXIST: return
    case ENOENT:
      guard let end = directory.dropFirst().lastIndex(of: "/") else { throw unwritable(ENOENT) }
      try makeDirectory(String(directory[..<end]))
      if mkdir(directory, 0o700) != 0, errno != EEXIST { throw unwritable(errno) }
      chmod(directory, 0o700)
    default: throw unwritable(errno)
    }
  }

  private func unwritable(_ error: Int32) -> HistoryError {
    if error == ENOSPC || error == EDQUOT { return .full(path) }
    return .unwritable(path, String(cString: strerror(error)))
  }

  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  /// What tells one file from another at the same path; nil where there is none.
  var identity: FileIdentity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileIdentity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
  }

  /// Whether the file lies on this machine: over the network the programs of several machines could not share the memory that a
  /// write-ahead log needs, and file systems in user space often cannot map it.
  var isOnLocalDisk: Bool { !Self.remoteKinds.contains(csqlite_file_system(directory)) }

  /// The numbers of statfs(2): NFS, SMB, CIFS, SMB2, FUSE, 9P, AFS, Coda, NCP, Ceph, Lustre, GFS2, OCFS2, VirtualBox.
  private static let remoteKinds: Set<UInt> = [
    0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546, 0x0102_1997, 0x5346_414F, 0x7375_7245, 0x564C, 0x00C3_6400,
    0x0BD0_0BD0, 0x0116_1970, 0x7461_636F, 0x786F_4256,
  ]

  /// Runs `body` while no other program opens the file or sets it aside. The directory must be there. Waits a few seconds at most: one that was stopped
  /// in between must not hold up everybody.
  func withoutOthers<Result>(_ body: () throws(HistoryError) -> Result) throws(HistoryError) -> Result {
    let lock = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if lock >= 0 { close(lock) } }
    if lock >= 0 {
      for _ in 0..<500 where flock(lock, LOCK_EX | LOCK_NB) != 0 {
        guard errno == EWOULDBLOCK || errno == EINTR else { break }
        usleep(10_000)
      }
    }
    return try body()
  }

  /// Renames the damaged file and what belongs to it, unless another program did so before.
  ///
  /// - Parameter damaged: which file it is.
  /// - Returns: the new path; nil where another file lies there by now.
  func setAside(_ damaged: FileIdentity?, at time: Timestamp) throws(HistoryError) -> String? {
    guard let identity, damaged == nil || identity == damaged else { return nil }
    // 2026-11-21T10:52:21.123Z without what some file systems do not take.
    let date = time.text.prefix(19).filter { $0 != ":" && $0 != "-" }
    var name = "\(path).damaged-\(date)Z"
    var count = 1
    while access(name, F_OK) == 0 {
      count += 1
      name = "\(path).damaged-\(date)Z-\(count)"
    }
    guard rename(path, name) == 0 else { throw unwritable(errno) }
    for (companion, ending) in zip(companions, ["-wal", "-shm", "-journal"]) { rename(companion, name + ending) }
    return name
  }
}

/// Tells files apart that lie at the same path one after the other.
struct FileIdentity: Equatable, Sendable {
  var device: UInt64
  var number: UInt64
}
