import Glibc

/// Files in memory, for what programs read.
enum MemoryFile {
  /// A file with a text in it, to be read from its beginning; nil when the system has none to give. Unlike a pipe it needs
  /// nobody to fill it, and nobody who reads it to its end.
  static func holding(_ text: String) -> Int32? {
    // Shared memory that nobody can open once its name is gone; nothing gets to a disk.
    let name = "/aichat-tui-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else { return nil }
    shm_unlink(name)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        close(file)
        return nil
      }
      rest = rest.dropFirst(count)
    }
    lseek(file, 0, SEEK_SET)
    return file
  }
}
