import ChatWire

/// A request as it came in: whole, of a size within the limits, and from somebody who may ask.
struct ServerRequest: Equatable, Sendable {
  /// In capitals, as it came.
  var method: String
  /// As it was written, escapes and all, without the query.
  var path: String
  /// The arguments behind the `?`, as they were written but for `+`, which is a space.
  var query: [HTTPField] = []
  var headers: [HTTPField]
  /// Empty where there was none.
  var body: [UInt8]

  /// The value of the first header of that name, compared without regard to case; nil when there is none.
  func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }

  /// What makes it unclear where the request ends, or for whom it is: such requests are refused, since who passed them on
  /// may have understood them otherwise.
  var framingMistake: String? {
    func count(_ name: String) -> Int { headers.count { $0.name.lowercased() == name } }
    for name in ["Host", "Content-Length", "Origin", "Authorization"] where count(name.lowercased()) > 1 {
      return "The request has more than one \(name)."
    }
    guard count("transfer-encoding") > 0 else {
      let length = header("Content-Length") ?? "0"
      let isNumber = !length.isEmpty && length.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return isNumber && Int(length) != nil ? nil : "The request's Content-Length is no number."
    }
    if count("content-length") > 0 { return "The request has both a Content-Length and a Transfer-Encoding." }
    let encoding = header("Transfer-Encoding")?.lowercased()
    return count("transfer-encoding") == 1 && encoding == "chunked"
      ? nil : "Of transfer encodings, this server knows “chunked” only."
  }

  /// The text of the query's argument of that name, with its escapes undone; nil when there is none.
  func argument(_ name: String) -> String? {
    query.first { $0.name == name }.map { Self.unescaped($0.value) }
  }

  /// The text that percent-encoding stands for; an escape that is none stands for itself.
  static func unescaped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var plain: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "%"), position + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[(position + 1)...(position + 2)], as: UTF8.self), radix: 16)
      {
        plain.append(value)
        position += 3
      } else {
        plain.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
