import ChatModel
import TerminalModel

/// Tools that the model calls: they run on the user's word alone.
extension AppState {
  /// How long nothing may have been typed before a key can say yes: it was meant for the input else.
  static let toolPause = Duration.milliseconds(700)

  /// Asks, once what the model said is shown.
  mutating func ask(_ question: ToolQuestion, at now: Duration) -> [Effect] {
    guard turn != nil else { return [.answerTool(question.id, .never)] }
    _ = show(question)
    toolQuestion = AskedTool(question: question, isArmedFrom: now + Self.toolPause)
    return []
  }

  /// Shows what is run, exactly.
  mutating func show(_ question: ToolQuestion) -> [Effect] {
    guard turn != nil else { return [] }
    showAll()
    transcript.changeLastAnswer { $0.addToolCommand(question.line) }
    turn?.state = .toolCalled
    return []
  }

  /// What a key means for the question; nil where it has its usual meaning.
  mutating func answerTool(with key: Key, meaning: KeyMap.Meaning?, at now: Duration) -> [Effect]? {
    guard let asked = toolQuestion, overlay == nil, find == nil, selection == nil, recall == nil else { return nil }
    guard case .character(let character) = key.code, key.modifiers.subtracting(.shift).isEmpty else {
      // Enter and the like are for a line that is not shown.
      guard meaning.map(Self.isForLine) == true else { return nil }
      hint = Self.toolHint
      return []
    }
    guard asked.isArmedFrom <= now else {
      toolQuestion?.isArmedFrom = now + Self.toolPause
      return nil
    }
    let decision: ToolQuestion.Decision
    switch character {
    case "y", "Y": decision = .once
    case "a", "A": decision = .always
    case "n", "N": decision = .never
    default:
      hint = Self.toolHint
      return []
    }
    toolQuestion = nil
    return [.answerTool(asked.question.id, decision)]
  }

  private static let toolHint = Hint(text: "The model wants to run a tool: y, a or n")

  private static func isForLine(_ meaning: KeyMap.Meaning) -> Bool {
    switch meaning {
    case .action(.send), .action(.editor): true
    default: false
    }
  }

  /// The tools have said something; the model goes on.
  mutating func take(_ round: ToolRound) -> [Effect] {
    showAll()
    toolQuestion = nil
    transcript.changeLastAnswer { $0.addToolOutputs(round.outputs) }
    turn?.state = .waiting
    return []
  }
}
