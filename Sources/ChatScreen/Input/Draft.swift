import ChatModel

/// What was typed and not sent: the input, and the messages that wait to be sent.
public struct Draft: Equatable, Sendable {
  public var input: Question
  /// The oldest first.
  public var waiting: [Question]
  /// What was being written before a walk through earlier inputs began.
  public var aside: Question
  /// The earlier message that the input changes.
  public var edit: Edited?
  /// The files of an earlier run that are not as they were.
  public var losses: [Loss] = []

  /// An earlier message that is being changed.
  public struct Edited: Equatable, Sendable {
    /// Which of the user's: 1 is the last.
    public var back: Int
    /// As it was asked.
    public var asked: String
    /// What was being written before.
    public var aside: Question

    public init(back: Int, asked: String, aside: Question = "") {
      self.back = back
      self.asked = asked
      self.aside = aside
    }
  }

  /// A file that was to go along, and what became of it.
  public struct Loss: Equatable, Sendable {
    public var name: String
    /// Why it cannot go along, after its name; nil where it holds something else now, which goes along.
    public var reason: String?

    public init(name: String, reason: String?) {
      self.name = name
      self.reason = reason
    }
  }

  public init(input: Question = "", waiting: [Question] = [], aside: Question = "", edit: Edited? = nil) {
    self.input = input
    self.waiting = waiting
    self.aside = aside
    self.edit = edit
  }

  public var isEmpty: Bool { input.text.isEmpty && waiting.isEmpty && aside.text.isEmpty && edit == nil }

  /// All that was typed, the oldest first.
  var texts: [String] {
    (waiting + [edit?.aside ?? "", aside, input]).map(\.text).filter { !$0.isEmpty }
  }
}

/// The draft as it was handed over to be kept, and when it is looked at again.
struct KeptDraft: Equatable, Sendable {
  var draft = Draft()
  /// Nil while nothing was typed since.
  var due: Duration?
}
