import ChatModel
import TerminalModel

/// What happens to the chat: the only way in.
public enum AppEvent: Equatable, Sendable {
  case input(TerminalInput)
  case resized(Size)
  case session(SessionUpdate)
  /// The session had nothing to do for the oldest effect that asked for a turn and is not answered yet; why.
  case refused(String)
  /// The instant that `AppState.nextTick(at:)` named has come.
  case tick
  /// The saved system prompts, read anew, and what came of a request.
  case prompts(PromptList, because: PromptChange? = nil)
  /// The provider can be spoken to from now on.
  case ready(ServiceFacts)
  /// The provider cannot be set up, and why; what is typed stays in the input.
  case unavailable(ChatError)
  /// A line of the program's own for the transcript.
  case notice(String)
  /// What became of the oldest `copy` that was not answered yet.
  case copied(CopyOutcome)
  /// What came of a request to the saved chats.
  case history(ChatsEvent)
  /// What became of the oldest `save` that was not answered yet.
  case saved(SaveOutcome)
  /// What a provider says of its models.
  case models(Result<[String], ChatError>, of: String)
  /// What was chosen counts from the next turn on: what that comes to.
  case adopted(Choices, ServiceFacts)
  /// What was chosen cannot be, and why; all stays as it was.
  case notAdopted(Choices, ChatError)
  /// The model has called a tool: may it run?
  case toolAsked(ToolQuestion)
  /// A tool runs that was allowed before.
  case toolRuns(ToolQuestion)
  /// What became of the text that was given to the editor.
  case edited(EditOutcome)
  /// What became of the `attach` with that ticket.
  case attached(ticket: Int, AttachOutcome)
  /// What came of the `run` with that ticket.
  case ran(ticket: Int, CommandOutcome)
  /// The files whose paths begin so.
  case completions(of: String, [String])
  /// Who one of the models of a `compare` turned out to be.
  case answers(TurnID, ServiceFacts)
  /// The answer of a `keepCompared` is the one that the talk goes on with: which it is of how many.
  case kept(TurnID, Alternative?)

  /// Whether someone waits for what it changes: all but the pieces of an answer, which come in a stream.
  public var isUrgent: Bool {
    if case .session(let update) = self, case .events = update.change { false } else { true }
  }
}

/// What the chat asks the outside to do. Effects are to be done in order, each one begun after the one before it is done.
public enum Effect: Equatable, Sendable {
  /// Begins a turn. Every send, retry, carryOn or compact is answered by one `started` update, or by `refused`.
  case send(Question)
  /// Asks the last question anew, of another model where one is named.
  case retry(model: String?)
  /// Takes so many of the last questions back, with what followed them: what is asked next stands beside the first of them.
  case takeBack(Int)
  /// Asks the model to go on with the last answer.
  case carryOn
  /// Has the model write a summary that stands for the older messages.
  case compact
  /// Asks several models at once. `session` tells of each under the turn that it names; `answers` says who it is.
  case compare(Question, [Contender])
  /// Goes on with the answer of that turn of the last `compare`; the others stay beside it. `kept` answers it.
  case keepCompared(TurnID)
  /// Ends what runs: the turn, or those of a `compare`.
  case cancel
  case setSystemPrompt(SystemPrompt)
  /// Begins a new conversation.
  case clear
  /// Asks the saved system prompts for something; `prompts` answers it.
  case prompts(PromptRequest)
  /// Asks a configured provider what models it has; `models` answers it.
  case listModels(provider: String)
  /// Has the next turns go where was chosen; `adopted` or `notAdopted` answers it.
  case adopt(Choices)
  /// Answers a `toolAsked`.
  case answerTool(Int, ToolQuestion.Decision)
  case quit, suspend
  /// Rings.
  case bell
  /// Gives a silent service so much more time.
  case extend(Duration)
  /// Paints every cell anew.
  case redraw
  /// The mouse reports to us; off, the terminal selects text.
  case setMouse(Bool)
  /// Hands a text, as it is, to the clipboard; `copied` answers it.
  case copy(String)
  /// Opens a text in the user's editor, on the terminal; `edited` answers it.
  case edit(String)
  /// Asks the saved chats for something.
  case history(ChatsRequest)
  /// Writes a text to a file: `~` is the home, else relative to the working directory. A file that there is is
  /// overwritten only on request. `saved` answers it.
  case save(path: String, text: String, overwrites: Bool)
  /// Reads a file that is to go along with a message: `~` is the home, else relative to the working directory. `attached`
  /// answers it.
  case attach(ticket: Int, path: String)
  /// Runs a command by the user's shell; `ran` answers it.
  case run(ticket: Int, command: String)
  /// Ends the command that runs.
  case endCommand
  /// Asks for the files whose paths begin so; `completions` answers it.
  case completePath(String)
}
