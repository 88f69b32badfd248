/// What was typed and not sent: the input, and the messages that wait to be sent.
public struct Draft: Equatable, Sendable {
  public var text: String
  /// The oldest first.
  public var waiting: [String]
  /// What was being written before an earlier message was taken into the input to be changed.
  public var aside: String

  public init(text: String = "", waiting: [String] = [], aside: String = "") {
    self.text = text
    self.waiting = waiting
    self.aside = aside
  }

  public var isEmpty: Bool { text.isEmpty && waiting.isEmpty && aside.isEmpty }
}

/// The draft as it was handed over to be kept, and when it is looked at again.
struct KeptDraft: Equatable, Sendable {
  var draft = Draft()
  /// Nil while nothing was typed since.
  var due: Duration?
}
