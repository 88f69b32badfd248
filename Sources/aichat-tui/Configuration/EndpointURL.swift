import ChatWire

/// Checks the base URLs that users give, and brings them to the form that the wires append their paths to.
enum EndpointURL {
  /// Why a text is no endpoint.
  struct Mistake: Error, Equatable { var reason: String }

  /// The endpoint without a trailing slash, for that kind of provider.
  static func normalized(_ text: String, for kind: ProviderKind) throws(Mistake) -> String {
    var url = text
    while url.last?.isWhitespace == true { url.removeLast() }
    url = String(url.drop { $0.isWhitespace })
    if kind == .ollama { url = try ollama(url) }
    try check(url)
    while url.hasSuffix("/") { url.removeLast() }
    switch kind {
    case .azureOpenAI, .azureOpenAIResponses, .azureOpenAICompletions, .azureOpenAIAssistants:
      // Azure's portal shows its endpoints with and without these; the wire adds them itself.
      for suffix in ["/openai/v1", "/openai"] where url.hasSuffix(suffix) {
        url.removeLast(suffix.count)
        break
      }
    case .ollama: if !url.hasSuffix("/v1") { url += "/v1" }
    default: break
    }
    return url
  }

  private static func check(_ url: String) throws(Mistake) {
    guard let scheme = ["https://", "http://"].first(where: { url.lowercased().hasPrefix($0) }) else {
      throw Mistake(reason: "must begin with https:// or http://")
    }
    let authority = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    if authority.isEmpty { throw Mistake(reason: "names no host") }
    if authority.contains("@") { throw Mistake(reason: "must not contain a user or a password") }
    if url.contains(where: { "?#".contains($0) }) {
      throw Mistake(reason: "must end before “?” and “#”: it is a base, paths are added to it")
    }
    let isPlain = url.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
    if !isPlain { throw Mistake(reason: "contains a character that a URL cannot") }
  }

  /// `OLLAMA_HOST` as Ollama reads it: `host`, `host:port`, `:port`, or a URL, whose own default port then counts.
  private static func ollama(_ text: String) throws(Mistake) -> String {
    let hasScheme = text.contains("://")
    let scheme = hasScheme ? String(text.prefix { $0 != ":" }) + "://" : "http://"
    let rest = hasScheme ? text.dropFirst(scheme.count) : text[...]
    var authority = String(rest.prefix { $0 != "/" })
    let path = rest.dropFirst(authority.count)
    if authority.filter({ $0 == ":" }).count > 1, !authority.hasPrefix("[") { authority = "[\(authority)]" }
    var host = authority
    var port = ""
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      host = String(authority[..<colon])
      port = String(authority[colon...])
      guard let number = Int(port.dropFirst()), (1...65535).contains(number) else {
        throw Mistake(reason: "has no port between 1 and 65535 after the colon")
      }
    }
    switch host {
    case "", "0.0.0.0": host = "127.0.0.1"
    case "[::]": host = "[::1]"
    default: break
    }
    if port.isEmpty, !hasScheme { port = ":11434" }
    return scheme + host + port + path
  }
}
