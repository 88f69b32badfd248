/// How the arguments of one tool call stand in the transcript: as they came while they come, laid out once they are whole.
struct ShownArguments: Equatable, Sendable {
  /// What to do to the block that shows them.
  enum Change: Equatable {
    case append(String)
    case replace(String)
  }

  /// The block's place; the call's name stands before it.
  let block: Int
  private var bytesTaken = 0
  private var end = JSONEnd()
  private var isLaidOut = false

  init(block: Int) { self.block = block }

  /// Takes all of the arguments that came by now; nil when there is nothing to change. Costs what is new, and the whole
  /// once, when it is complete.
  mutating func take(_ arguments: String) -> Change? {
    let count = arguments.utf8.count
    guard count > bytesTaken else { return nil }
    let piece = arguments.utf8Slice(bytesTaken..<count)
    bytesTaken = count
    end.take(piece.utf8)
    if end.isComplete {
      if isLaidOut { return nil }
      if let pretty = PrettyJSON.text(arguments) {
        isLaidOut = true
        return .replace(pretty)
      }
    }
    guard isLaidOut else { return .append(String(piece)) }
    // More came after what looked whole: it is no JSON, and shown as it is.
    isLaidOut = false
    return .replace(arguments)
  }
}
