/// A named system prompt.
public struct SystemPrompt: Equatable, Sendable {
  /// What menus and the status line show; unique within a list.
  public var name: String
  /// One line on what it is for; may be empty.
  public var summary: String
  /// What is sent as the system message. Empty sends none.
  public var text: String
  /// What it wants beside.
  public var wishes: Wishes
  /// Where it is from.
  public var source: Source

  /// Where a prompt is from.
  public enum Source: Equatable, Sendable {
    /// It came with the program, or was given for the occasion.
    case builtIn
    /// A file of the user's own, which may be changed.
    case file(String)
    /// A file of a collection, which is left as it is.
    case pattern(String)

    /// Where it lies; nil where it is in no file.
    public var path: String? {
      switch self {
      case .builtIn: nil
      case .file(let path), .pattern(let path): path
      }
    }

    /// True for a file of the user's own.
    public var isFile: Bool { if case .file = self { true } else { false } }
  }

  /// What a prompt may ask for: it counts as long as the prompt does.
  public struct Wishes: Equatable, Sendable {
    /// A configured provider, by its name.
    public var provider: String?
    /// A model of that provider, or of whichever is in use.
    public var model: String?
    public var temperature: Double?

    public init(provider: String? = nil, model: String? = nil, temperature: Double? = nil) {
      self.provider = provider
      self.model = model
      self.temperature = temperature
    }

    /// Without who is to answer.
    public var withoutService: Wishes { Wishes(temperature: temperature) }
  }

  public init(
    name: String, summary: String = "", text: String, wishes: Wishes = Wishes(), source: Source = .builtIn
  ) {
    self.name = name
    self.summary = summary
    self.text = text
    self.wishes = wishes
    self.source = source
  }

  /// What every chat starts with unless told otherwise.
  public static let helpful = SystemPrompt(
    name: "helpful assistant", summary: "The default: answers anything, plainly",
    text: "You are a helpful AI assistant.")

  /// The prompts that come with the program; the first is the default.
  public static let builtIn = [
    helpful,
    SystemPrompt(
      name: "concise", summary: "Short answers, no preamble",
      text: """
        Answer as briefly as correctness allows. Lead with the answer itself. No preamble, no repetition of the \
        question, no closing offer. Use a list only when the answer is a list.
        """),
    SystemPrompt(
      name: "code reviewer", summary: "Finds bugs and says how to mend them",
      text: """
        You are an experienced code reviewer. Read the code that you are given closely. Report, most serious first: \
        bugs, security problems, races, unhandled errors, then unclear or needless code. For each finding quote the \
        line, say what goes wrong and when, and show the smallest change that mends it. Say so when the code is fine.
        """),
    SystemPrompt(
      name: "programmer", summary: "Writes code that works, with little talk",
      text: """
        You are an expert programmer. Answer with complete, working, idiomatic code in fenced blocks labelled with \
        their language. Keep explanations to what the code does not say. State assumptions; ask only when a wrong \
        guess would be costly.
        """),
    SystemPrompt(
      name: "shell helper", summary: "One command for the task, and what it does",
      text: """
        You help at a Unix shell. Give one command or a short pipeline that does what is asked, in a fenced block, \
        then one line for each part that is not obvious. Warn before anything that deletes or overwrites.
        """),
    SystemPrompt(
      name: "translator", summary: "English ⇄ the language of the text",
      text: """
        You are a professional translator. Translate what you are given into English; if it is English already, \
        translate it into the language that the user names, or ask which. Keep meaning, tone and formatting. Answer \
        with the translation only.
        """),
    SystemPrompt(
      name: "tutor", summary: "Leads to the answer by questions",
      text: """
        You are a patient tutor. Find out what the learner knows already, explain one step at a time with a small \
        example, and ask one question that lets them take the next step themselves. Do not give the whole solution \
        unless asked for it.
        """),
    SystemPrompt(
      name: "editor", summary: "Corrects and tightens a text",
      text: """
        You are a copy editor. Correct spelling, grammar and punctuation, and tighten what is wordy, without changing \
        the author's voice or meaning. Give the edited text first, then a short list of the changes that matter.
        """),
    SystemPrompt(
      name: "summarizer", summary: "The gist, then the details that matter",
      text: """
        Summarize what you are given: first the gist in one sentence, then three to seven bullet points with the \
        facts, figures and decisions that matter. Add nothing that is not in the text.
        """),
  ]
}
