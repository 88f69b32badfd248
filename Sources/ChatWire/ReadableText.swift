import ChatModel

/// Makes what a server wrote fit for one line of an error message: short, and never a page of HTML.
enum ReadableText {
  /// Characters of a message, at most.
  static let limit = 600

  /// The text on one line, cut to `limit`; the title where it is a web page. Empty where there is nothing to say.
  static func line(_ text: String) -> String {
    if let page = pageTitle(text) { return page }
    var words = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !words.isEmpty { words += " " }
      words += word.prefix(limit + 1)
      if words.count > limit { return words.prefix(limit) + "…" }
    }
    return words
  }

  /// The title of a web page, empty where it has none; nil where the text is no markup.
  static func pageTitle(_ text: String) -> String? {
    let start = text.drop(while: \.isWhitespace).prefix(2048).lowercased()
    let isPage = start.contains("<html") || start.contains("<!doctype") || start.hasPrefix("<?xml")
    // A message may well begin with "<"; markup closes what it opens.
    guard isPage || (start.hasPrefix("<") && start.contains("</")) else { return nil }
    let page = text.prefix(8192)
    guard let open = range(of: "<title", in: page), let end = page[open.upperBound...].firstIndex(of: ">"),
      let close = range(of: "</title", in: page[end...])
    else { return "" }
    var title = page[page.index(after: end)..<close.lowerBound].split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
      title = title.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return String(title.prefix(limit))
  }

  private static func range(of word: String, in text: Substring) -> Range<Substring.Index>? {
    let lowered = text.lowercased()
    // Lower-casing may change lengths; where it does, the page is no plain one and goes without a title.
    guard lowered.utf8.count == text.utf8.count, let found = lowered.firstRange(of: word) else { return nil }
    let start = lowered.utf8.distance(from: lowered.startIndex, to: found.lowerBound)
    let lower = text.utf8.index(text.startIndex, offsetBy: start)
    return lower..<text.utf8.index(lower, offsetBy: word.utf8.count)
  }

  /// The status and its reason phrase (RFC 9110), for example `HTTP 502 Bad Gateway`.
  static func status(_ status: Int) -> String {
    let phrases = [
      300: "Multiple Choices", 301: "Moved Permanently", 302: "Found", 303: "See Other", 307: "Temporary Redirect",
      308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden",
      404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 407: "Proxy Authentication Required",
      408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required", 413: "Content Too Large",
      414: "URI Too Long", 415: "Unsupported Media Type", 421: "Misdirected Request", 422: "Unprocessable Content",
      424: "Failed Dependency", 425: "Too Early", 426: "Upgrade Required", 429: "Too Many Requests",
      431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons", 500: "Internal Server Error",
      501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
      529: "Overloaded",
    ]
    return phrases[status].map { "HTTP \(status) \($0)" } ?? "HTTP \(status)"
  }
}
