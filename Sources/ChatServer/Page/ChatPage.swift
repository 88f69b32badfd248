import ChatWire

/// The chat page: one file, which is part of the program.
///
/// Its policy lets it run nothing and load nothing but what it brings along, marked with a number that is another each time,
/// and speak to nobody but this server. What a model writes becomes text in it, never HTML.
enum ChatPage {
  /// The page, for one load.
  static func response() -> ServerResponse {
    let nonce = String(UInt64.random(in: 0 ... .max), radix: 36) + String(UInt64.random(in: 0 ... .max), radix: 36)
    let policy = [
      "default-src 'none'", "script-src 'nonce-\(nonce)'", "style-src 'nonce-\(nonce)'", "connect-src 'self'",
      "img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]
    return ServerResponse(
      status: 200,
      headers: [
        HTTPField("Content-Type", "text/html; charset=utf-8"), HTTPField("Cache-Control", "no-store"),
        HTTPField("Content-Security-Policy", policy.joined(separator: "; ")),
        HTTPField("X-Content-Type-Options", "nosniff"), HTTPField("Referrer-Policy", "no-referrer"),
        HTTPField("Cross-Origin-Opener-Policy", "same-origin"),
        HTTPField("Cross-Origin-Resource-Policy", "same-origin"),
      ], body: .whole(Array(parts.joined(separator: nonce).utf8)))
  }

  /// The text around the places where the number goes.
  private static let parts = String(decoding: PackageResources.page_html, as: UTF8.self)
    .split(separator: "{{nonce}}", omittingEmptySubsequences: false)
}
