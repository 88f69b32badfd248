import ChatModel

/// What the screen asks of the saved system prompts; each is answered by their list as it is then, and what came of it.
public enum PromptRequest: Equatable, Sendable {
  /// Looks at the files anew.
  case list
  /// A new one, written in the user's editor.
  case create
  /// Changes one in the user's editor; one that is not the user's own is left, and the user's takes its place.
  case edit(SystemPrompt)
  case duplicate(SystemPrompt)
  case delete(SystemPrompt)
  /// Takes back a deletion.
  case restore(DeletedPrompt)
  /// Has chats begin with it; nil leaves that to the configuration again.
  case makeDefault(SystemPrompt?)
}

/// The saved system prompts.
public struct PromptList: Equatable, Sendable {
  public var prompts: [SystemPrompt]
  /// The name of the one that the user made the default.
  public var standard: String?
  /// What is wrong with the files, a sentence each.
  public var problems: [String]

  public init(
    _ prompts: [SystemPrompt] = SystemPrompt.builtIn, standard: String? = nil, problems: [String] = []
  ) {
    self.prompts = prompts
    self.standard = standard
    self.problems = problems
  }
}

/// What came of a request.
public enum PromptChange: Equatable, Sendable {
  /// A prompt was written; what is to be said of its file, and the name of the one whose place it took.
  case written(String, replacing: String? = nil, problem: String? = nil)
  case deleted(DeletedPrompt)
  case restored(String)
  case madeDefault(String?)
  /// Nothing is changed; why, in a sentence.
  case refused(String)
}

/// A prompt file that was deleted, as it was.
public struct DeletedPrompt: Equatable, Sendable {
  public var name: String
  public var path: String
  public var text: String

  public init(name: String, path: String, text: String) {
    self.name = name
    self.path = path
    self.text = text
  }
}
