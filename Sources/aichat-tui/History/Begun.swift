import ChatEngine

/// What came of asking for a turn.
enum Begun: Sendable {
  case turn(TurnUpdates)
  /// There was nothing to do; why.
  case refused(String)
}
