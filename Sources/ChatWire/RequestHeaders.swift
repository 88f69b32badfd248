import ChatModel

/// Puts the header of a request together: ours, the credential, then what the configuration adds, which replaces a field of
/// the same name. Names and values that could break out of their line are refused.
struct RequestHeaders {
  private(set) var fields: [HTTPField] = []
  private(set) var credentials: [(name: String, value: Secret)] = []

  /// Field names whose values are secret whoever sets them, in lower case.
  private static let secretNames: Set<String> = [
    "authorization", "proxy-authorization", "api-key", "x-api-key", "ocp-apim-subscription-key", "cookie",
  ]

  mutating func set(_ name: String, _ value: String) throws(ChatError) {
    let isToken =
      !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && !#"(),/:;<=>?@[\]{}""#.utf8.contains($0) }
    guard isToken else { throw ChatError(.config, "The header name \"\(ReadableText.line(name))\" is not valid") }
    guard Self.isLine(value) else {
      throw ChatError(.config, "The value of the header \(name) holds a line break or another control character")
    }
    remove(name)
    if Self.secretNames.contains(name.lowercased()) {
      credentials.append((name, Secret(value)))
    } else {
      fields.append(HTTPField(name, value))
    }
  }

  /// Adds a key; `variable` is where it came from, for the message.
  mutating func setSecret(_ name: String, _ value: String, variable: String?) throws(ChatError) {
    guard Self.isLine(value) else {
      throw ChatError(
        .config, "The key holds a line break or another control character",
        remedy: variable.map { "Set \($0) anew, without line breaks" })
    }
    remove(name)
    credentials.append((name, Secret(value)))
  }

  private mutating func remove(_ name: String) {
    let name = name.lowercased()
    fields.removeAll { $0.name.lowercased() == name }
    credentials.removeAll { $0.name.lowercased() == name }
  }

  private static func isLine(_ value: String) -> Bool {
    value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
  }
}
