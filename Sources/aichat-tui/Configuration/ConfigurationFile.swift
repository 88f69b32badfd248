import ChatModel
import ChatScreen
import ChatWire

/// What the configuration file says, checked for its form; nil where it says nothing.
struct ConfigurationFile: Equatable {
  /// Where it lies, or would lie; nil without a home directory.
  var path: String?
  /// False when there is no such file.
  var exists = false
  var provider: String?
  var systemPrompt: String?
  /// Name of a saved prompt.
  var prompt: String?
  /// A folder of fabric's patterns; `~` is the home.
  var patterns: String?
  /// Seconds; 0 turns a timeout off.
  var timeouts = Options.TimeoutOptions()
  var parameters = Parameters()
  var retries: Int?
  /// The program and its arguments.
  var copyCommand: [String]?
  var hyperlinks: Bool?
  /// Whether the window is given a title.
  var hasTitle: Bool?
  /// Seconds that an answer has to take for its end to be worth a bell; 0 is never.
  var bell: Double?
  /// Whether an answer that comes in bursts is shown flowing.
  var isSmooth: Bool?
  var appearance = ConfiguredAppearance()
  /// Which key does what, with the file's choices.
  var keys = KeyMap.standard
  /// The tools that can be run, by their names in order.
  var tools: [RunnableTool] = []
  var providers: [String: ConfiguredProvider] = [:]

  /// What is wrong with it, in the order in which it is read; with any of these, nothing else of it counts.
  private(set) var mistakes: [CommandFailure] = []

  init() {}

  /// Reads the file that was named, or else the user's own. One that was named must exist.
  init(named: String?, environment: Environment) {
    self.init()
    path = named ?? environment.configurationDirectory.map { $0 + "/config.json" }
    guard let path else { return }
    let content: FileContent
    do { content = try FileContent.read(path, isNamed: named != nil) } catch {
      if error.isMissing, named == nil { return }
      mistakes = [.configuration("\(named == nil ? path : "--config \(path)"): \(error.reason)")]
      return
    }
    self = ConfigurationFile(checking: String(decoding: content.bytes, as: UTF8.self), path: path)
    if providers.values.contains(where: \.holdsSecret), !content.isPrivate {
      mistakes.append(.configuration("\(path) holds a key, but others can read it; run: chmod 600 \(path)"))
    }
  }

  /// Reads the text of a file; the failure is the first mistake. `path` is for messages.
  init(text: String, path: String) throws(CommandFailure) {
    self.init(checking: text, path: path)
    if let first = mistakes.first { throw first }
  }

  /// Reads the text of a file with all its mistakes; `path` is for messages.
  init(checking text: String, path: String) {
    self.path = path
    exists = true
    let node: JSON5Node
    do { node = try JSON5Parser.parse(text) } catch {
      mistakes = [.configuration("\(path), \(error.position): \(error.reason)")]
      return
    }
    var reader = ObjectReader(node, path: "", file: path)
    provider = reader.string("provider")
    systemPrompt = reader.string("system_prompt")
    prompt = reader.string("prompt")
    if prompt != nil, systemPrompt != nil { reader.fail("prompt", nil, "and system_prompt exclude each other") }
    patterns = reader.string("patterns")
    if let patterns, !patterns.hasPrefix("/"), !patterns.hasPrefix("~/") {
      reader.fail("patterns", nil, "must be a whole path, from / or ~/")
    }
    parameters = Self.parameters(&reader)
    retries = reader.integer("retries", from: 0)
    copyCommand = reader.command("copy_command")
    hyperlinks = reader.bool("hyperlinks")
    isSmooth = reader.bool("smooth")
    hasTitle = reader.bool("title")
    bell = reader.number("bell")
    appearance = ConfiguredAppearance(&reader)
    keys = reader.object("keys", KeyMap.init(configuredBy:)) ?? keys
    tools = reader.object("tools", RunnableTool.all) ?? []
    timeouts = reader.object("timeouts", Self.timeouts) ?? timeouts
    providers = reader.object("providers", Self.providers) ?? [:]
    reader.finish()
    mistakes = reader.mistakes
  }

  private static func timeouts(_ reader: inout ObjectReader) -> Options.TimeoutOptions {
    Options.TimeoutOptions(
      connect: reader.number("connect"), firstChunk: reader.number("first_chunk"), chunk: reader.number("chunk"),
      total: reader.number("total"))
  }

  private static func parameters(_ reader: inout ObjectReader) -> Parameters {
    Parameters(
      temperature: reader.number("temperature"), topP: reader.number("top_p"),
      maxTokens: reader.integer("max_tokens", from: 1), seed: reader.integer("seed", from: .min),
      reasoningEffort: reader.string("reasoning_effort"))
  }

  private static func providers(_ reader: inout ObjectReader) -> [String: ConfiguredProvider] {
    var providers: [String: ConfiguredProvider] = [:]
    for name in reader.names { providers[name] = reader.object(name) { provider(name, &$0) } }
    return providers
  }

  private static func provider(_ name: String, _ reader: inout ObjectReader) -> ConfiguredProvider {
    // With a mistake in it nothing is used: any kind will do to find the others.
    var provider = ConfiguredProvider(kind: kind(name, &reader) ?? .openai)
    provider.endpoint = reader.string("endpoint")
    provider.model = reader.string("model")
    provider.deployment = reader.string("deployment")
    provider.apiVersion = reader.string("api_version")
    provider.assistantID = reader.string("assistant_id")
    provider.organization = reader.string("organization")
    provider.project = reader.string("project")
    provider.apiKey = reader.string("api_key").map { Secret($0) }
    provider.keyVariable = reader.string("key_variable")
    provider.keyCommand = reader.string("key_command")
    provider.tokenCommand = reader.string("token_command")
    provider.allowsPlainHTTP = reader.bool("allow_plain_http") ?? false
    provider.runsInBackground = background(of: provider.kind, &reader)
    provider.parameters = parameters(&reader)
    provider.models = KnownModel.all(&reader)
    provider.account = ModelAccount(&reader)
    provider.headers = reader.object("headers", headers) ?? []
    provider.extraBody = extraBody(&reader)
    let keys = [
      provider.apiKey.map { _ in "api_key" }, provider.keyVariable.map { _ in "key_variable" },
      provider.keyCommand.map { _ in "key_command" }, provider.tokenCommand.map { _ in "token_command" },
    ].compactMap { $0 }
    if keys.count > 1 { reader.fail(keys[1], nil, "and \(keys[0]) exclude each other") }
    return provider
  }

  private static func background(of kind: ProviderKind, _ reader: inout ObjectReader) -> Bool {
    guard reader.bool("background") == true else { return false }
    if reader.mistakes.isEmpty, !kind.runsInBackground {
      reader.fail("background", nil, "needs openai-responses or azure-openai-responses as the type")
    }
    return true
  }

  private static func kind(_ name: String, _ reader: inout ObjectReader) -> ProviderKind? {
    let type = reader.string("type")
    // What is no object, or a type that is no text, was named already.
    guard reader.mistakes.isEmpty else { return nil }
    if let kind = ProviderKind(rawValue: type ?? name) { return kind }
    let kinds = ProviderKind.allCases.map(\.rawValue)
    let list = "(one of \(kinds.joined(separator: ", ")))"
    let mistake = type.map { "cannot be “\($0)”\(NearestName.hint($0, among: kinds)) \(list)" }
    reader.fail("type", nil, mistake ?? "is missing \(list)")
    return nil
  }

  private static func headers(_ reader: inout ObjectReader) -> [HTTPField] {
    var fields: [HTTPField] = []
    for name in reader.names {
      guard let value = reader.string(name) else { continue }
      let isToken = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
      // A line end would let the value add headers of its own.
      let isSafe = value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      if isToken, isSafe, !name.isEmpty {
        fields.append(HTTPField(name, value))
      } else {
        reader.fail(name, nil, "is no HTTP header")
      }
    }
    return fields
  }

  private static func extraBody(_ reader: inout ObjectReader) -> [String: JSONValue] {
    guard let node = reader.node("extra_body") else { return [:] }
    if case .object(let fields) = node.value { return fields }
    reader.fail("extra_body", node, "must be an object, { … }")
    return [:]
  }
}
