import ChatModel

/// What a service says of an error, read from the many shapes in which services say it.
///
/// Known are OpenAI's `{"error":{message,type,param,code}}`, Azure's `innererror` and `details`, `{"error":"…"}` (Ollama),
/// `{"detail":"…"}` and its list form (FastAPI), `{"object":"error",message,code}` (vLLM), `{statusCode,message}` (API
/// gateways), `{"errors":[…]}`, and any of them inside a list. Codes are numbers or strings.
struct ServiceError: Equatable, Sendable {
  var message: String?
  var code: String?
  var type: String?
  var parameter: String?
  var innerCode: String?
  /// The status of HTTP that the error tells itself, 400 to 599, whatever the response's own was.
  var ownStatus: Int?
  /// Tokens of the request, and how many the context holds, where they are told as numbers (llama.cpp).
  var promptTokens: Int?
  var contextSize: Int?

  /// Reads a body that is known to tell of an error; nil where it says nothing that a reader could use.
  init?(telling json: JSONValue) {
    switch json {
    case .string(let text): self.init(message: text)
    case .array(let elements):
      guard let first = elements.first else { return nil }
      self.init(telling: first)
    case .object: self.init(object: json)
    default: return nil
    }
    if message == nil && code == nil && type == nil { return nil }
  }

  /// Reads JSON from within a good stream or a 200 reply: nil unless it is marked as an error.
  init?(markedIn json: JSONValue) {
    if case .array(let elements) = json, elements.count == 1 {
      self.init(markedIn: elements[0])
      return
    }
    let hasMessage = json["message"]?.filledString != nil
    let status = json["statusCode"] ?? json["status"]
    var isFailure = false
    if case .integer(let number)? = status, number >= 400 { isFailure = true }
    let isMarked =
      json["error"]?.isTruthy == true || json["object"] == .string("error") || json["type"] == .string("error")
      || json["detail"]?.isTruthy == true || !(json["errors"]?.elements.isEmpty ?? true)
      || (hasMessage && (json["code"]?.isTruthy == true || isFailure))
    guard isMarked else { return nil }
    self.init(telling: json)
    if message == nil { message = "The service reported an error without a message" }
  }

  private init(message: String?) {
    self.message = message.map(ReadableText.line)
    if self.message?.isEmpty == true { self.message = nil }
  }

  private init(object json: JSONValue) {
    let nested = json["error"]
    if case .object? = nested, let nested {
      self.init(fields: nested)
      if message == nil { message = Self.message(of: json) }
      if ownStatus == nil { ownStatus = Self.ownStatus(in: json) }
      return
    }
    if let first = json["errors"]?.elements.first {
      self.init(message: nil)
      if let said = ServiceError(telling: first) { self = said }
      return
    }
    self.init(fields: json)
    guard let text = nested?.filledString else { return }
    // `{"error":"Unauthorized","message":"The token expired"}`: the longer one is the sentence.
    if message == nil { message = ReadableText.line(text) } else if code == nil { code = text }
  }

  private init(fields json: JSONValue) {
    self.init(message: Self.message(of: json))
    code = json["code"]?.word ?? json["statusCode"]?.word
    type = json["type"]?.filledString
    ownStatus = Self.ownStatus(in: json)
    promptTokens = json["n_prompt_tokens"]?.lenientInteger
    contextSize = json["n_ctx"]?.lenientInteger
    parameter = json["param"]?.filledString
    innerCode = (json["innererror"] ?? json["inner_error"])?["code"]?.word
    if parameter == nil { parameter = Self.refusedField(in: json["detail"]) ?? Self.refusedField(in: json["details"]) }
    // Azure passes on what a model's own server said as JSON within the message.
    guard let text = json["message"]?.filledString, text.hasPrefix("{") || text.hasPrefix("[{") else { return }
    guard let inner = JSONReader.value(of: Array(text.utf8)).flatMap(ServiceError.init(telling:)) else { return }
    message = inner.message ?? message
    parameter = parameter ?? inner.parameter
  }

  private static func ownStatus(in json: JSONValue) -> Int? {
    ["code", "statusCode", "status_code", "status"].lazy.compactMap { json[$0]?.lenientInteger }
      .first { (400..<600).contains($0) }
  }

  private static func message(of json: JSONValue) -> String? {
    var message = json["message"]?.filledString ?? json["msg"]?.filledString
    // A relay's own sentence says little; what its upstream said stands beside it.
    if let text = message, let raw = json["metadata"]?["raw"]?.filledString { message = "\(text): \(raw)" }
    if message == nil, let inner = json["message"] ?? json["error"], case .object = inner {
      message = inner["message"]?.filledString
    }
    if let message { return message }
    guard let detail = json["detail"] ?? json["details"] ?? json["error_description"] ?? json["title"] else {
      return nil
    }
    if let text = detail.filledString { return text }
    if case .object = detail { return ServiceError(object: detail).message }
    let complaints = detail.elements.compactMap { complaint in
      let text = complaint["msg"]?.filledString ?? complaint["message"]?.filledString ?? complaint.filledString
      let place = path(of: complaint)
      return text.map { place.isEmpty ? $0 : "\(place): \($0)" }
    }
    return complaints.isEmpty ? nil : complaints.joined(separator: "; ")
  }

  /// The field that a list of FastAPI's complaints (`{"type":"extra_forbidden","loc":["body","x"],"msg":"…"}`) refuses.
  private static func refusedField(in detail: JSONValue?) -> String? {
    guard let detail else { return nil }
    let complaints = detail.elements.isEmpty ? [detail] : detail.elements
    let place = complaints.map(path).first { !$0.isEmpty }
    return place
  }

  private static func path(of complaint: JSONValue) -> String {
    let words = complaint["loc"]?.elements.compactMap(\.word) ?? []
    return (words.first == "body" ? Array(words.dropFirst()) : words).joined(separator: ".")
  }
}
