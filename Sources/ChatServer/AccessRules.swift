/// Who may ask a server that listens on loopback.
///
/// Any web page that the user looks at can send requests to loopback. Its `Origin` gives it away; and where a page's
/// own name was made to point to loopback (DNS rebinding), so does `Host`.
struct AccessRules: Equatable, Sendable {
  /// The server's port, which belongs to the names that it goes by.
  var port: UInt16

  /// Why the request is refused; nil when it is not. `host` and `origin` are the headers' values.
  func objection(host: String?, origin: String?) -> String? {
    let names = ["127.0.0.1:\(port)", "localhost:\(port)"]
    guard let host, names.contains(host.lowercased()) else {
      return "This server answers to \(names[0]) only; the request's Host is another."
    }
    if let origin, !names.contains(where: { origin.lowercased() == "http://" + $0 }) {
      return "Requests of web pages from elsewhere are refused."
    }
    return nil
  }
}
