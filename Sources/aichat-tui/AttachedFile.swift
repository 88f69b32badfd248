import ChatModel
import ChatScreen
import Glibc

/// Finds and reads the files that are to go along with a message.
struct AttachedFile: Sendable {
  /// What `~` stands for; nil where nothing is known.
  let home: String?

  /// Reads a file. Blocks.
  ///
  /// - Parameter isNamed: true where it may be a pipe, of a shell's `<(…)` say, which is then waited for.
  func read(_ path: String, isNamed: Bool = false) -> AttachOutcome {
    do {
      let limit = Attachment.largestImage
      let content = try FileContent.read(HomePath.expanded(path, home: home), limit: limit, isNamed: isNamed)
      return .read(try Attachment(name: path, bytes: content.bytes))
    } catch let error as FileContent.ReadError {
      if error.isMissing { return .missing(path: path) }
      switch error.code {
      case EFBIG:
        return .refused(path: path, reason: "is too large: more than \(ByteSize.label(Attachment.largestImage))")
      case EISDIR: return .refused(path: path, reason: "is a directory")
      case ENOTSUP: return .refused(path: path, reason: error.reason)
      default: return .refused(path: path, reason: "cannot be read: \(error.reason)")
      }
    } catch let refusal as Attachment.Refusal {
      return .refused(path: path, reason: refusal.reason)
    } catch {
      return .refused(path: path, reason: "cannot be read")
    }
  }

  /// Files that are listed at most.
  private static let mostPaths = 200

  /// The files whose paths begin so, in the order of their names; directories end in a slash. Hidden ones only where the dot
  /// is there. Blocks.
  func paths(beginningWith path: String) -> [String] {
    if path == "~" { return ["~/"] }
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, beginning) = (String(path[..<slash]), path[slash...])
    let place = HomePath.expanded(folder.isEmpty ? "." : folder, home: home)
    guard let directory = opendir(place) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name.hasPrefix(beginning), name != ".", name != "..", beginning.hasPrefix(".") || !name.hasPrefix(".")
      else { continue }
      names.append(name)
    }
    return names.sorted().prefix(Self.mostPaths).map { name in
      var information = stat()
      let isFolder = stat("\(place)/\(name)", &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
      return folder + name + (isFolder ? "/" : "")
    }
  }
}

/// Paths as people write them.
enum HomePath {
  /// The path with the home in the place of a `~` at its beginning.
  static func expanded(_ path: String, home: String?) -> String {
    guard let home, path == "~" || path.hasPrefix("~/") else { return path }
    return home + path.dropFirst()
  }
}
