import ChatModel
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
  /// Seconds; 0 turns a timeout off.
  var timeouts = Options.TimeoutOptions()
  var parameters = Parameters()
  var retries: Int?
  /// The program and its arguments.
  var copyCommand: [String]?
  var hyperlinks: Bool?
  /// Whether an answer that comes in bursts is shown flowing.
  var isSmooth: Bool?
  var appearance = ConfiguredAppearance()
  var providers: [String: ConfiguredProvider] = [:]

  init() {}

  /// Reads the file that was named, or else the user's own. One that was named must exist.
  init(named: String?, environment: Environment) throws(CommandFailure) {
    self.init()
    path = named ?? environment.configurationDirectory.map { $0 + "/config.json" }
    guard let path else { return }
    let content: FileContent
    do { content = try FileContent.read(path, isNamed: named != nil) } catch {
      if error.isMissing, named == nil { return }
      throw .configuration("\(named == nil ? path : "--config \(path)"): \(error.reason)")
    }
    self = try ConfigurationFile(text: String(decoding: content.bytes, as: UTF8.self), path: path)
    if providers.values.contains(where: \.holdsSecret), !content.isPrivate {
      throw .configuration("\(path) holds a key, but others can read it; run: chmod 600 \(path)")
    }
  }

  /// Reads the text of a file; `path` is for messages.
  init(text: String, path: String) throws(CommandFailure) {
    self.path = path
    exists = true
    let node: JSON5Node
    do { node = try JSON5Parser.parse(text) } catch {
      throw .configuration("\(path), \(error.position): \(error.reason)")
    }
    var reader = try ObjectReader(node, path: "", file: path)
    provider = try reader.string("provider")
    systemPrompt = try reader.string("system_prompt")
    prompt = try reader.string("prompt")
    if prompt != nil, systemPrompt != nil { throw reader.wrong("prompt", nil, "and system_prompt exclude each other") }
    parameters = try Self.parameters(&reader)
    retries = try reader.integer("retries", from: 0)
    copyCommand = try reader.command("copy_command")
    hyperlinks = try reader.bool("hyperlinks")
    isSmooth = try reader.bool("smooth")
    appearance = try ConfiguredAppearance(&reader)
    if var timeouts = try reader.object("timeouts") {
      self.timeouts = Options.TimeoutOptions(
        connect: try timeouts.number("connect"), firstChunk: try timeouts.number("first_chunk"),
        chunk: try timeouts.number("chunk"), total: try timeouts.number("total"))
      try timeouts.finish()
    }
    if var providers = try reader.object("providers") {
      for name in providers.names {
        guard let entry = try providers.object(name) else { continue }
        self.providers[name] = try Self.provider(name, entry)
      }
    }
    try reader.finish()
  }

  private static func parameters(_ reader: inout ObjectReader) throws(CommandFailure) -> Parameters {
    Parameters(
      temperature: try reader.number("temperature"), topP: try reader.number("top_p"),
      maxTokens: try reader.integer("max_tokens", from: 1), seed: try reader.integer("seed", from: .min),
      reasoningEffort: try reader.string("reasoning_effort"))
  }

  private static func provider(_ name: String, _ entry: ObjectReader) throws(CommandFailure) -> ConfiguredProvider {
    var reader = entry
    let type = try reader.string("type")
    guard let kind = ProviderKind(rawValue: type ?? name) else {
      let kinds = ProviderKind.allCases.map(\.rawValue)
      guard let type else { throw reader.wrong("type", nil, "is missing (one of \(kinds.joined(separator: ", ")))") }
      throw reader.wrong(
        "type", nil,
        "cannot be “\(type)”" + NearestName.hint(type, among: kinds) + " (one of \(kinds.joined(separator: ", ")))")
    }
    var provider = ConfiguredProvider(kind: kind)
    provider.endpoint = try reader.string("endpoint")
    provider.model = try reader.string("model")
    provider.deployment = try reader.string("deployment")
    provider.apiVersion = try reader.string("api_version")
    provider.assistantID = try reader.string("assistant_id")
    provider.organization = try reader.string("organization")
    provider.project = try reader.string("project")
    provider.apiKey = try reader.string("api_key").map { Secret($0) }
    provider.keyVariable = try reader.string("key_variable")
    provider.keyCommand = try reader.string("key_command")
    provider.tokenCommand = try reader.string("token_command")
    provider.allowsPlainHTTP = try reader.bool("allow_plain_http") ?? false
    provider.parameters = try parameters(&reader)
    provider.headers = try headers(&reader)
    provider.extraBody = try extraBody(&reader)
    try reader.finish()
    let keys = [
      provider.apiKey.map { _ in "api_key" }, provider.keyVariable.map { _ in "key_variable" },
      provider.keyCommand.map { _ in "key_command" }, provider.tokenCommand.map { _ in "token_command" },
    ].compactMap { $0 }
    if keys.count > 1 { throw reader.wrong(keys[1], nil, "and \(keys[0]) exclude each other") }
    return provider
  }

  private static func headers(_ reader: inout ObjectReader) throws(CommandFailure) -> [HTTPField] {
    guard var headers = try reader.object("headers") else { return [] }
    var fields: [HTTPField] = []
    for name in headers.names {
      guard let value = try headers.string(name) else { continue }
      let isToken = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
      // A line end would let the value add headers of its own.
      let isSafe = value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      guard isToken, isSafe, !name.isEmpty else { throw headers.wrong(name, nil, "is no HTTP header") }
      fields.append(HTTPField(name, value))
    }
    return fields
  }

  private static func extraBody(_ reader: inout ObjectReader) throws(CommandFailure) -> [String: JSONValue] {
    guard let node = reader.node("extra_body") else { return [:] }
    guard case .object(let fields) = node.value else {
      throw reader.wrong("extra_body", node, "must be an object, { … }")
    }
    return fields
  }
}
