import Glibc

/// A file in a folder of its own that nobody else can look into, until it is removed with all that was put beside it.
struct ScratchFile: Equatable, Sendable {
  let folder: String
  let path: String

  /// Makes the folder (0700) and the file (0600).
  static func make(named name: String, in place: String, holding text: String) -> Result<Self, FileContent.ReadError> {
    var template = Array("\(place)/aichat-tui.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return .failure(FileContent.ReadError(code: errno)) }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let made = ScratchFile(folder: folder, path: "\(folder)/\(name)")
    let file = open(made.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    var error = file < 0 ? errno : FileWriter.writeAll(text, to: file)
    if file >= 0, close(file) < 0, error == 0 { error = errno }
    if error == 0 { return .success(made) }
    made.remove()
    return .failure(FileContent.ReadError(code: error))
  }

  /// Removes the folder and the files in it; editors leave some of their own.
  func remove() {
    if let entries = opendir(folder) {
      while let entry = readdir(entries) {
        let name = withUnsafePointer(to: entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        }
        if name != ".", name != ".." { unlink("\(folder)/\(name)") }
      }
      closedir(entries)
    }
    rmdir(folder)
  }
}
