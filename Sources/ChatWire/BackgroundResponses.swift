import ChatModel

/// The requests about a response of the Responses API that is made in the background.
extension Provider {
  /// True where the answer to that request goes on without a listener.
  func isInBackground(_ request: ChatRequest) -> Bool {
    guard kind.wire == .responses else { return false }
    let ours = (try? chatBody(request))?.fields[RequestBody.background]
    return (extraBody[RequestBody.background] ?? ours) == .bool(true)
  }

  /// `GET /responses/{id}?stream=true&starting_after=N`: the events after the last one that was read.
  func takeUpRequest(_ response: String, after event: Int) throws(ChatError) -> HTTPRequest {
    let query = [(name: "stream", value: "true"), (name: "starting_after", value: String(event))]
    return try get(try responsesURL("/\(Endpoint.encoded(response))", query: query), accept: "text/event-stream")
  }

  /// `POST /responses/{id}/cancel`: the response shall end, since nobody reads it any more.
  func cancelRequest(response: String) throws(ChatError) -> HTTPRequest {
    try post(try responsesURL("/\(Endpoint.encoded(response))/cancel"), Array("{}".utf8))
  }
}
