/// What a user says in one turn: a text, and the files that go along with it.
public struct Question: Equatable, Sendable {
  public var text: String
  public var attachments: [Attachment]

  public init(_ text: String, attachments: [Attachment] = []) {
    self.text = text
    self.attachments = attachments
  }
}

extension Question: ExpressibleByStringLiteral {
  /// A text alone.
  public init(stringLiteral value: String) { self.init(value) }
}
