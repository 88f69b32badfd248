/// What happened to the saved chats without anybody having asked for it.
public enum HistoryNotice: Equatable, Sendable {
  /// The file was damaged; it lies at `path` now, and a new one was begun.
  case setAside(path: String)
  /// Something of a talk is not on the disk, and why.
  case notSaved(String)
  /// All of it is there now.
  case savedAgain

  /// A sentence for the reader.
  public var message: String {
    switch self {
    case .notSaved(let why): "This chat is not being saved: \(why)"
    case .savedAgain: "This chat is being saved again, with all of it"
    case .setAside(let path): "The file of saved chats was damaged. It was kept as \(path), and a new one was begun"
    }
  }
}
