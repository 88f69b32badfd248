import ChatWire

/// Puts header lines, as libcurl delivers them one by one, together into the head of the final response.
///
/// Interim heads (1xx) are passed over, and so are trailers, which come after the body.
struct ResponseHeadReader {
  /// Bytes of header lines that a response may have.
  static let limit = 1 << 20

  private var status: Int?
  private var fields: [HTTPField] = []
  private var size = 0
  private var isComplete = false

  /// True once the response sent more than `limit`.
  var isTooLarge: Bool { size > Self.limit }

  /// Takes one line with its line end; returns the head when that line was its last.
  mutating func consume(_ line: UnsafeRawBufferPointer) -> HTTPHead? {
    size += line.count
    if isComplete { return nil }
    var text = String(decoding: line, as: UTF8.self)[...]
    while let last = text.last, last.isNewline || last == " " || last == "\t" { text.removeLast() }
    if text.hasPrefix("HTTP/") {
      // `HTTP/1.1 200 OK`, `HTTP/2 200`.
      let parts = text.split(separator: " ", maxSplits: 2)
      status = parts.count > 1 ? Int(parts[1]) : nil
      fields = []
    } else if text.isEmpty {
      guard let status, status >= 200 else { return nil }
      isComplete = true
      return HTTPHead(status: status, headers: fields)
    } else if let colon = text.firstIndex(of: ":") {
      let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      fields.append(HTTPField(String(text[..<colon]), String(value)))
    }
    return nil
  }
}
