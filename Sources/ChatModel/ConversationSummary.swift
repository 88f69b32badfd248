/// What stands in later requests for the older turns of a talk.
public struct ConversationSummary: Equatable, Sendable {
  public var text: String
  /// The last turn that it stands for.
  public var through: TurnID
  /// The turn in which it was written; those after it were held with the summary in place.
  public var writtenIn: TurnID

  public init(text: String, through: TurnID, writtenIn: TurnID) {
    self.text = text
    self.through = through
    self.writtenIn = writtenIn
  }

  /// How a request tells it.
  var instruction: String { "Summary of the conversation before the following messages:\n\n\(text)" }
}
