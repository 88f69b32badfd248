/// What is kept of an answer besides its text: who gave it, how it was asked for, how it went.
public struct SavedAnswer: Equatable, Sendable {
  /// The configured provider's name.
  public var provider: String?
  /// The model that answered, else the one that was asked.
  public var model: String?
  /// The model that was asked, where the one that answered calls itself otherwise.
  public var askedModel: String?
  public var parameters: Parameters
  public var reasoning: String?
  public var refusal: String?
  public var finishReason: String?
  public var usage: Usage?
  public var toolCalls: [ToolCall]
  /// How it ended; nil while it streams, and for good where the program ended before the answer did.
  public var status: TurnStatus?
  public var error: ChatError?
  /// Milliseconds from the question to the first piece; nil when none came, or nobody knows.
  public var firstChunkMilliseconds: Int?
  public var totalMilliseconds: Int?
  public var responseID: String?
  public var threadID: String?
  public var runID: String?
  /// How many pieces of text came.
  public var chunks: Int?

  /// Takes down what the answering model calls itself.
  public mutating func nameModel(_ name: String) {
    if let model, model != name, askedModel == nil { askedModel = model }
    model = name
  }

  public init(
    provider: String? = nil, model: String? = nil, parameters: Parameters = Parameters(), status: TurnStatus? = nil
  ) {
    self.provider = provider
    self.model = model
    self.parameters = parameters
    self.status = status
    toolCalls = []
  }

  /// A finished turn's answer.
  ///
  /// - Parameter model: the model that was asked, for where the service names none.
  public init(_ result: TurnResult, provider: String?, model: String? = nil, parameters: Parameters = Parameters()) {
    self.init(provider: provider, model: result.model ?? model, parameters: parameters, status: result.status)
    if let model, self.model != model { askedModel = model }
    reasoning = result.reasoning
    refusal = result.refusal
    finishReason = result.finishReason
    usage = result.usage
    toolCalls = result.toolCalls
    error = result.error
    firstChunkMilliseconds = result.timing.firstChunk.map(Self.milliseconds)
    totalMilliseconds = Self.milliseconds(result.timing.total)
    responseID = result.responseID
    threadID = result.threadID
    runID = result.runID
    chunks = result.chunks.count
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = min(max(duration, .zero), .longestBounded).components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }

  private static func duration(_ milliseconds: Int) -> Duration {
    min(.milliseconds(max(0, milliseconds)), .longestBounded)
  }

  /// The answer as a turn's result. One whose end was not written counts as stopped; what the service keeps of an answer of
  /// another provider is left out.
  public func result(content: String, for provider: String? = nil) -> TurnResult {
    var result = TurnResult()
    result.content = content
    result.chunks = content.isEmpty ? [] : [content]
    result.reasoning = reasoning
    result.refusal = refusal
    result.model = model
    result.finishReason = finishReason
    result.usage = usage
    result.toolCalls = toolCalls
    result.status = status ?? .cancelled
    result.error = error
    result.timing = TurnTiming(
      firstChunk: firstChunkMilliseconds.map(Self.duration), total: Self.duration(totalMilliseconds ?? 0))
    guard provider == nil || provider == self.provider else { return result }
    result.responseID = responseID
    result.threadID = threadID
    result.runID = runID
    return result
  }
}

extension SavedAnswer: Codable {
  private enum CodingKeys: String, CodingKey {
    case provider, model, parameters, reasoning, refusal, usage, status, error, chunks
    case askedModel = "asked_model"
    case finishReason = "finish_reason"
    case toolCalls = "tool_calls"
    case firstChunkMilliseconds = "first_chunk_ms"
    case totalMilliseconds = "total_ms"
    case responseID = "response_id"
    case threadID = "thread_id"
    case runID = "run_id"
  }

  /// What may be missing: everything.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    provider = try values.decodeIfPresent(String.self, forKey: .provider)
    model = try values.decodeIfPresent(String.self, forKey: .model)
    askedModel = try values.decodeIfPresent(String.self, forKey: .askedModel)
    parameters = try values.decodeIfPresent(Parameters.self, forKey: .parameters) ?? Parameters()
    reasoning = try values.decodeIfPresent(String.self, forKey: .reasoning)
    refusal = try values.decodeIfPresent(String.self, forKey: .refusal)
    finishReason = try values.decodeIfPresent(String.self, forKey: .finishReason)
    usage = try values.decodeIfPresent(Usage.self, forKey: .usage)
    toolCalls = try values.decodeIfPresent([ToolCall].self, forKey: .toolCalls) ?? []
    status = try values.decodeIfPresent(TurnStatus.self, forKey: .status)
    error = try values.decodeIfPresent(ChatError.self, forKey: .error)
    firstChunkMilliseconds = try values.decodeIfPresent(Int.self, forKey: .firstChunkMilliseconds)
    totalMilliseconds = try values.decodeIfPresent(Int.self, forKey: .totalMilliseconds)
    responseID = try values.decodeIfPresent(String.self, forKey: .responseID)
    threadID = try values.decodeIfPresent(String.self, forKey: .threadID)
    runID = try values.decodeIfPresent(String.self, forKey: .runID)
    chunks = try values.decodeIfPresent(Int.self, forKey: .chunks)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(provider, forKey: .provider)
    try values.encodeIfPresent(model, forKey: .model)
    try values.encodeIfPresent(askedModel, forKey: .askedModel)
    if parameters != Parameters() { try values.encode(parameters, forKey: .parameters) }
    try values.encodeIfPresent(reasoning, forKey: .reasoning)
    try values.encodeIfPresent(refusal, forKey: .refusal)
    try values.encodeIfPresent(finishReason, forKey: .finishReason)
    try values.encodeIfPresent(usage, forKey: .usage)
    if !toolCalls.isEmpty { try values.encode(toolCalls, forKey: .toolCalls) }
    try values.encodeIfPresent(status, forKey: .status)
    try values.encodeIfPresent(error, forKey: .error)
    try values.encodeIfPresent(firstChunkMilliseconds, forKey: .firstChunkMilliseconds)
    try values.encodeIfPresent(totalMilliseconds, forKey: .totalMilliseconds)
    try values.encodeIfPresent(responseID, forKey: .responseID)
    try values.encodeIfPresent(threadID, forKey: .threadID)
    try values.encodeIfPresent(runID, forKey: .runID)
    try values.encodeIfPresent(chunks, forKey: .chunks)
  }
}
