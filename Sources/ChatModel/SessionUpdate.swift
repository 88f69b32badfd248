/// What a session tells of one turn, in order: `started`, any number of `events`, `retrying` and `toolsAnswered`, one `finished`.
public struct SessionUpdate: Equatable, Sendable {
  public enum Change: Equatable, Sendable {
    /// The request is on its way.
    case started(prompt: String)
    /// What came off the wire since the last update: everything that lay there, in order, never empty.
    case events([ChatEvent])
    /// The request is made again; why, and after what wait.
    case retrying(reason: ChatError, after: Duration)
    /// Nothing has come for a third of the time after which the turn is given up; what is left of it. Nil: that no longer
    /// holds, as after any `events`. Told only to who asks for it.
    case silent(left: Duration?)
    /// The calls of the model were answered, and it is asked to go on with that.
    case toolsAnswered(ToolRound)
    case finished(TurnResult)
    /// A summary has taken the place of so many of the older messages; its length. Comes before `finished`, and only in a
    /// turn that compacts the talk.
    case compacted(messages: Int, characters: Int)
  }

  public let turn: TurnID
  public let change: Change

  public init(turn: TurnID, change: Change) {
    self.turn = turn
    self.change = change
  }
}
