import ChatModel

/// The base address of a service, checked, to which paths and queries are added.
struct Endpoint: Equatable, Sendable {
  /// Scheme, host and path, without a trailing slash.
  private(set) var base: String

  /// Takes an `http` or `https` URL with a host and without user, query and fragment; throws `config`, naming the endpoint.
  init(_ text: String) throws(ChatError) {
    func refused(_ why: String) -> ChatError {
      ChatError(
        .config, "The endpoint \"\(ReadableText.line(text))\" \(why)", remedy: "Set it to the service's base URL")
    }
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.value > 0x20 && $0.value != 0x7F && !"\"<>\\^`{|}".unicodeScalars.contains($0)
    }
    guard isPlain, let colon = text.firstRange(of: "://") else { throw refused("is not an http or https URL") }
    let scheme = text[..<colon.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { throw refused("is not an http or https URL") }
    let rest = text[colon.upperBound...]
    guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else {
      throw refused("has a query or a fragment; give it without")
    }
    let authority = rest.prefix { $0 != "/" }
    guard !authority.contains("@") else { throw refused("names a user; keys are set apart from it") }
    guard Self.isHost(authority) else { throw refused("has no valid host") }
    base = text
    while base.hasSuffix("/") { base.removeLast() }
  }

  /// The endpoint without the last path that it has of these, so that adding one does not double it.
  func dropping(_ paths: String...) -> Endpoint {
    var endpoint = self
    if let path = paths.first(where: { base.hasSuffix($0) }) { endpoint.base.removeLast(path.count) }
    while endpoint.base.hasSuffix("/") { endpoint.base.removeLast() }
    return endpoint
  }

  /// The address of an Azure OpenAI resource, whichever of its URLs was given.
  var azureResource: Endpoint {
    var resource = dropping("/openai/v1", "/openai")
    if let path = resource.base.firstRange(of: "/openai/deployments/") {
      resource.base.removeSubrange(path.lowerBound...)
    }
    return resource
  }

  /// The URL of a path under the endpoint, percent-encoded already; query values are encoded here.
  func url(_ path: String, query: [(name: String, value: String)] = []) -> String {
    let pairs = query.map { "\($0.name)=\(Self.encoded($0.value))" }
    return base + path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
  }

  /// Lower-case host, without port and brackets.
  var host: String {
    let authority = base.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" }
    if authority.hasPrefix("[") { return authority.dropFirst().prefix { $0 != "]" }.lowercased() }
    return authority.prefix { $0 != ":" }.lowercased()
  }

  /// Percent-encodes all but RFC 3986's unreserved characters: fit for one path segment or query value.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let isUnreserved =
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "~"):
          true
        default: false
        }
      if isUnreserved {
        result.unicodeScalars.append(UnicodeScalar(byte))
      } else {
        result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }

  private static func isHost(_ authority: Substring) -> Bool {
    var host = authority
    var port: Substring?
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { return false }
      host = authority[authority.index(after: authority.startIndex)..<close]
      let rest = authority[authority.index(after: close)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return false }
      if !rest.isEmpty { port = rest.dropFirst() }
      guard host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." || $0 == "%" }) else { return false }
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      port = authority[authority.index(after: colon)...]
    }
    if let port { guard let number = Int(port), (1...65535).contains(number) else { return false } }
    return !host.isEmpty
  }
}
