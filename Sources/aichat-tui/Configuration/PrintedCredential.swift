import ChatModel
import ChatWire
import FoundationEssentials

/// A credential as a command printed it, with its end where that is known.
///
/// A token is a bare line, or JSON: `az account get-access-token` prints `accessToken` with `expires_on` (seconds since
/// 1970) and `expiresOn` (local time), `azd auth token` prints `token` with `expiresOn` (ISO 8601), OAuth endpoints
/// `access_token` with `expires_in` (seconds).
struct PrintedCredential: Equatable, Sendable {
  var credential: Credential
  /// Seconds since 1970; nil where nothing tells.
  var expiry: Double?

  /// Reads what a command printed; the failure never repeats it.
  static func read(
    _ text: String, _ kind: CredentialCommand.Kind, now: Double
  ) throws(SecretCommandError) -> PrintedCredential {
    if kind == .token, text.hasPrefix("{") || text.hasPrefix("\"") { return try read(json: text, now: now) }
    if text.contains(where: \.isNewline) { throw SecretCommandError(reason: "printed more than one line") }
    switch kind {
    case .key: return PrintedCredential(credential: .apiKey(Secret(text)))
    case .token: return PrintedCredential(credential: .accessToken(Secret(text)), expiry: expiry(inToken: text))
    }
  }

  private static func read(json text: String, now: Double) throws(SecretCommandError) -> PrintedCredential {
    guard let value = try? JSON5Parser.parse(text).value else {
      throw SecretCommandError(reason: "printed JSON with a mistake in it")
    }
    var members: [String: JSONValue] = [:]
    switch value {
    case .object(let object): members = object
    case .string(let token): members = ["token": .string(token)]
    default: break
    }
    let tokens = ["accessToken", "access_token", "token"].compactMap { name -> String? in
      if case .string(let token)? = members[name], !token.isEmpty { token } else { nil }
    }
    guard let token = tokens.first else { throw SecretCommandError(reason: "printed JSON without an access token") }
    if token.contains(where: \.isNewline) { throw SecretCommandError(reason: "printed more than one line") }
    let expiry =
      time(members["expires_on"]) ?? seconds(members["expires_in"]).map { now + $0 } ?? time(members["expiresOn"])
      ?? expiry(inToken: token)
    return PrintedCredential(credential: .accessToken(Secret(token)), expiry: expiry)
  }

  private static func seconds(_ value: JSONValue?) -> Double? {
    switch value {
    case .integer(let number)?: Double(number)
    case .number(let number)?: number
    case .string(let text)?: Double(text)
    default: nil
    }
  }

  /// A point in time: seconds since 1970, or milliseconds where they are too many, or a date.
  private static func time(_ value: JSONValue?) -> Double? {
    if let seconds = seconds(value) { return seconds > 1e11 ? seconds / 1000 : seconds }
    guard case .string(let text)? = value else { return nil }
    return TimestampText.seconds(text)
  }

  /// `exp` of a JSON Web Token (RFC 7519), which Azure's access tokens are; nil for any other.
  private static func expiry(inToken token: String) -> Double? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    var payload = parts[1].replacing("-", with: "+").replacing("_", with: "/")
    payload += String(repeating: "=", count: (4 - payload.utf8.count % 4) % 4)
    guard let bytes = Data(base64Encoded: String(payload)),
      let node = try? JSON5Parser.parse(String(decoding: bytes, as: UTF8.self)), case .object(let claims) = node.value
    else { return nil }
    return seconds(claims["exp"])
  }
}
