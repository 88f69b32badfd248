/// What happened to the saved chats without anybody having asked for it.
public enum HistoryNotice: Equatable, Sendable {
  /// The file was damaged; it lies at `path` now, and a new one was begun.
  case setAside(path: String)

  /// A sentence for the reader.
  public var message: String {
    switch self {
    case .setAside(let path): "The file of saved chats was damaged. It was kept as \(path), and a new one was begun"
    }
  }
}
