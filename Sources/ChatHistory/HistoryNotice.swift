/// What happened to the saved chats without anybody having asked for it.
public enum HistoryNotice: Equatable, Sendable {
  /// The file was damaged; it lies at `path` now, and a new one was begun.
  case setAside(path: String)
  /// Something of a talk is not on the disk, and why.
  case notSaved(String)
  /// All of it is there now.
  case savedAgain
  /// It was not among the saved chats any more when something was said in it, and is there again.
  case broughtBack

  /// A sentence for the reader.
  public var message: String {
    switch self {
    case .notSaved(let why): "This chat is not being saved: \(why)"
    case .savedAgain: "This chat is being saved again, with all of it"
    case .broughtBack:
      "This chat was deleted elsewhere; with what is said in it now it is saved again, with all of it"
    case .setAside(let path): "The file of saved chats was damaged. It was kept as \(path), and a new one was begun"
    }
  }
}
