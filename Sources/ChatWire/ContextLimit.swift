import ChatModel

/// Recognises, in the words of the services, that a talk was too long for the model's context.
///
/// Known are OpenAI and Azure (`context_length_exceeded`, "maximum context length", "context window"), Azure AI Inference
/// (`tokens_limit_reached`), llama.cpp (`exceed_context_size_error` with `n_prompt_tokens` and `n_ctx`), vLLM ("longer than
/// the maximum model length"), SGLang, Ollama, LM Studio, LiteLLM (`ContextWindowExceededError`), OpenRouter, Groq, Kimi,
/// DashScope, text-generation-inference, and Anthropic, Gemini and Mistral behind relays. A request that by itself has more tokens
/// than may be sent in a minute counts too: it will never be taken.
enum ContextLimit {
  private static let codes = [
    "context_length_exceeded", "exceed_context_size", "contextwindowexceeded", "context_window_exceeded",
    "tokens_limit_reached", "model_context_window_exceeded", "string_above_max_length",
  ]

  private static let phrases = [
    "maximum context length", "context window", "context_length_exceeded", "contextwindowexceeded",
    "exceed_context_size", "available context size", "prompt is too long", "prompt too long",
    "exceeds the context length", "exceed the context length", "exceeds context length", "max context length",
    "longer than the maximum model length", "exceeds the maximum number of tokens allowed",
    "input is too long for requested model", "context the overflows", "context length of only",
    "`inputs` tokens + `max_new_tokens` must be", "reduce the length of the messages",
    "longer than the model's context length", "exceeds the maximum allowed length", "greater than the context length",
    "exceeded model token limit", "range of input length should be", "prompt token count of",
    "input tokens exceed the configured limit", "`inputs` must have less than",
  ]

  /// What is said of a limit that the answer was to have, along with the context's.
  private static let answerPhrases = ["max_tokens' or 'max_completion_tokens' is too large", "max_tokens is too large"]

  /// Words before the number of tokens that were sent, those first that leave out what was asked for the answer.
  private static let countLeads = [
    "resulted in ", "prompt is too long: ", "prompt contains at least ", "prompt contains ", " tokens (",
    "you requested about ", "you requested ", "prompt (length ", "request (", "token count (", "token count of ",
    "input tokens (", "the input (", "input length (", "keep the first ", "given: ", "your request has ",
    "(requested: ",
  ]

  /// Words before the number of tokens that fit.
  private static let limitLeads = [
    "maximum context length is ", "maximum model length of ", "available context size (", "tokens > ",
    "maximum number of tokens allowed (", "large for model with ", "context length of only ", "must be <= ",
    "max size: ", "maximum context length of ", "configured limit of ", "model's context length (",
    "maximum allowed length (", "model token limit: ", "exceeds the limit of ", "context window of ",
    "input length should be [1, ", "must have less than ",
  ]

  /// What an error says of the context's limit; nil where it is about something else.
  static func excess(in said: ServiceError, status: Int?) -> ContextExcess? {
    if let excess = requestBeyondRate(said) { return excess }
    // Limits of rate speak of tokens too, and a limit on the answer is not one on the talk.
    if let status, [401, 403, 404, 429].contains(status) { return nil }
    if let parameter = said.parameter, parameter.hasPrefix("max_") { return nil }
    let words = [said.code, said.type, said.innerCode].compactMap { $0?.lowercased() }
    let text = (said.message ?? "").lowercased()
    let isNamed = words.contains { word in codes.contains { word.contains($0) } }
    guard isNamed || phrases.contains(where: { text.contains($0) }) else { return nil }
    if answerPhrases.contains(where: { text.contains($0) }) { return nil }
    // Its numbers are of characters.
    if words.contains("string_above_max_length") { return ContextExcess() }
    return ContextExcess(
      tokens: said.promptTokens ?? number(after: countLeads, in: text),
      limit: said.contextSize ?? number(after: limitLeads, in: text))
  }

  /// "Request too large for gpt-4o … on tokens per min (TPM): Limit 30000, Requested 50000": no wait makes it smaller. Nil where
  /// less was asked for than a minute has.
  private static func requestBeyondRate(_ said: ServiceError) -> ContextExcess? {
    let text = (said.message ?? "").lowercased()
    guard text.contains("request too large"), let limit = number(after: ["limit: ", "limit "], in: text),
      let tokens = number(after: ["requested: ", "requested "], in: text), limit < tokens
    else { return nil }
    return ContextExcess(tokens: tokens, limit: limit)
  }

  private static func number(after leads: [String], in text: String) -> Int? {
    for lead in leads {
      guard let range = text.firstRange(of: lead) else { continue }
      let digits = text[range.upperBound...].prefix { $0.isASCII && ($0.isNumber || $0 == ",") }
      if let number = Int(String(digits.filter { $0 != "," })) { return number }
    }
    return nil
  }
}
