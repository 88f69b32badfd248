import ChatWire

/// A request as it came in: whole, of a size within the limits, and from somebody who may ask.
struct ServerRequest: Equatable, Sendable {
  /// In capitals, as it came.
  var method: String
  /// Percent-decoded, without the query.
  var path: String
  var headers: [HTTPField]
  /// Empty where there was none.
  var body: [UInt8]

  /// The value of the first header of that name, compared without regard to case; nil when there is none.
  func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }
}
