import ChatModel

/// The command line, understood: what the options say, nil where they say nothing.
struct Options: Equatable {
  /// Seconds as they were given; 0 turns a timeout off, nil leaves it to the configuration.
  struct TimeoutOptions: Equatable {
    var connect: Double?
    var firstChunk: Double?
    var chunk: Double?
    var total: Double?
  }

  /// Which saved chat to take up.
  enum Resumption: Equatable {
    case latest
    /// The beginning of its id.
    case named(String)

    fileprivate var name: String? { if case .named(let name) = self { name } else { nil } }
  }

  /// Where `serve` listens, and to whom.
  struct Serving: Equatable {
    var port: Int?
    var host: String?
    var tokenFile: String?
    var hosts: [String] = []
    var origins: [String] = []
  }

  var command = Command.chat
  var words: [String] = []
  var provider: String?
  var endpoint: String?
  var model: String?
  /// `ask`: every model that is named; `model` is the first.
  var models: [String] = []
  /// `ask`: every argument, or line of stdin, is a prompt of its own.
  var isEach = false
  /// `ask`: turns that run at the same time, at most.
  var jobs: Int?
  var deployment: String?
  var apiVersion: String?
  var system: String?
  var prompt: String?
  var parameters = Parameters()
  var toolsFile: String?
  /// Files that go along with the question.
  var attachments: [String] = []
  /// Tools of the configuration that need no question.
  var allowedTools: [String] = []
  var timeouts = TimeoutOptions()
  var retries: Int?
  var configFile: String?
  var environmentFile: String?
  var isPlain = false
  var isJSON = false
  var showsEvents = false
  /// Saved chats to list, at most.
  var limit: Int?
  /// The form of an export, and the file that it goes to.
  var format: String?
  var outputFile: String?
  var isAll = false
  var isLenient = false
  /// Whether the chat is written to disk.
  var keepsHistory = true
  /// The saved chat to take up.
  var resumption: Resumption?
  /// `serve`: where to listen, and to whom.
  var serving = Serving()
  var wantsHelp = false
  var wantsVersion = false

  /// Turns at the same time: each has a connection and a thread.
  private static let mostJobs = 256

  /// No options at all.
  init() {}

  /// Reads the arguments after the program's name. Throws a usage failure that names option and value.
  init(arguments: [String]) throws(CommandFailure) {
    let parsed = try ParsedArguments(arguments)
    command = parsed.command
    words = parsed.words
    wantsHelp = parsed.values[.help] != nil
    wantsVersion = parsed.values[.version] != nil
    if wantsHelp || wantsVersion { return }
    try read(parsed)
    try check()
  }

  private mutating func read(_ parsed: ParsedArguments) throws(CommandFailure) {
    models = parsed.values[.model] ?? []
    if models.count > 1, command != .ask { throw .usage("--model is given twice") }
    func text(_ option: OptionName) -> String? { parsed.values[option]?.last }
    func number(_ option: OptionName) throws(CommandFailure) -> Double? {
      guard let value = text(option) else { return nil }
      guard let number = DecimalNumber.parse(value), number >= 0 else {
        throw .usage("\(option.rawValue) wants a number that is not negative, not “\(value)”")
      }
      return number
    }
    func integer(_ option: OptionName, from least: Int) throws(CommandFailure) -> Int? {
      guard let value = text(option) else { return nil }
      guard let number = Int(value), number >= least else {
        throw .usage("\(option.rawValue) wants a whole number\(least == .min ? "" : " from \(least)"), not “\(value)”")
      }
      return number
    }
    provider = text(.provider)
    endpoint = text(.endpoint)
    model = models.first
    isEach = parsed.values[.each] != nil
    jobs = try integer(.jobs, from: 1)
    deployment = text(.deployment)
    apiVersion = text(.apiVersion)
    system = text(.system)
    prompt = text(.prompt)
    parameters = Parameters(
      temperature: try number(.temperature), topP: try number(.topP), maxTokens: try integer(.maxTokens, from: 1),
      seed: try integer(.seed, from: .min), reasoningEffort: text(.reasoningEffort))
    toolsFile = text(.tools)
    attachments = parsed.values[.attach] ?? []
    allowedTools = parsed.values[.allowTool] ?? []
    timeouts = TimeoutOptions(
      connect: try number(.connectTimeout), firstChunk: try number(.firstChunkTimeout),
      chunk: try number(.chunkTimeout), total: try number(.totalTimeout))
    retries = try integer(.retries, from: 0)
    configFile = text(.config)
    environmentFile = text(.envFile)
    isPlain = parsed.values[.plain] != nil
    isJSON = parsed.values[.json] != nil
    showsEvents = parsed.values[.events] != nil
    limit = try integer(.limit, from: 0)
    format = text(.format)
    outputFile = text(.output)
    isAll = parsed.values[.all] != nil
    isLenient = parsed.values[.lenient] != nil
    keepsHistory = parsed.values[.noHistory] == nil
    serving = Serving(
      port: try integer(.port, from: 0), host: text(.host), tokenFile: text(.tokenFile),
      hosts: parsed.values[.allowHost] ?? [], origins: parsed.values[.allowOrigin] ?? [])
    if parsed.values[.goOn] != nil {
      if parsed.values[.resume] != nil { throw .usage("--continue and --resume exclude each other") }
      resumption = .latest
    } else {
      resumption = text(.resume).map(Resumption.named)
    }
  }

  private func check() throws(CommandFailure) {
    if system != nil, prompt != nil { throw .usage("--system and --prompt exclude each other") }
    if let jobs, jobs > Self.mostJobs {
      throw .usage("--jobs wants a whole number up to \(Self.mostJobs), not “\(jobs)”")
    }
    if resumption != nil, isEach || models.count > 1 {
      throw .usage("--continue and --resume go on with one chat: not with --each or several models")
    }
    if isJSON, showsEvents { throw .usage("--json and --events exclude each other") }
    for (option, value) in [
      (OptionName.provider, provider), (.endpoint, endpoint), (.deployment, deployment),
      (.apiVersion, apiVersion), (.prompt, prompt), (.config, configFile), (.envFile, environmentFile),
      (.tools, toolsFile), (.attach, attachments.first { $0.isEmpty }), (.output, outputFile),
      (.resume, resumption?.name),
      (.tokenFile, serving.tokenFile), (.host, serving.host),
    ] where value == "" {
      throw .usage("\(option.rawValue) wants a value, not an empty one")
    }
    if models.contains("") { throw .usage("--model wants a value, not an empty one") }
    switch command {
    case .config:
      guard words == ["check"] || words == ["init"] else {
        let hint = words.first.map { NearestName.hint($0, among: ["check", "init"]) } ?? ""
        throw .usage("config wants one of: check, init\(hint)")
      }
    case .chat, .serve, .decode, .models:
      if let word = words.first { throw .usage("“\(word)” is one word too many") }
    case .history: _ = try HistoryRequest(self)
    case .ask: break
    }
  }
}

/// Reads decimal numbers as people write them.
enum DecimalNumber {
  /// A finite number such as `2`, `0.5` or `1e3`; nil for all else, also for what Swift alone would take (`nan`, `0x1p3`).
  static func parse(_ text: String) -> Double? {
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
