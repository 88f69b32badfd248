import Glibc

/// Where a server listens: a number of an address, and a port.
struct ListeningAddress: Equatable, Sendable {
  /// `127.0.0.1`, `::1`, `0.0.0.0`, …
  let host: String
  /// 0: any that is free.
  let port: UInt16
  private let isVersion6: Bool

  /// A free port of 127.0.0.1.
  init() {
    host = "127.0.0.1"
    port = 0
    isVersion6 = false
  }

  /// Nil where the host is no number of an address, nor `localhost`.
  init?(host: String, port: UInt16) {
    let host = host.lowercased() == "localhost" ? "127.0.0.1" : host
    var version4 = in_addr()
    var version6 = in6_addr()
    if inet_pton(AF_INET, host, &version4) == 1 {
      isVersion6 = false
    } else if inet_pton(AF_INET6, host, &version6) == 1 {
      isVersion6 = true
    } else {
      return nil
    }
    self.host = host
    self.port = port
  }

  /// True where only this machine can reach it.
  var isLoopback: Bool { host.hasPrefix("127.") || host == "::1" }

  /// True where it stands for all addresses of the machine.
  var isEvery: Bool { host == "0.0.0.0" || host == "::" }

  /// As it stands in a URL.
  var urlHost: String { isVersion6 ? "[\(host)]" : host }

  /// In the system's form.
  var storage: sockaddr_storage {
    var storage = sockaddr_storage()
    withUnsafeMutableBytes(of: &storage) { bytes in
      guard let base = bytes.baseAddress else { return }
      if isVersion6 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        inet_pton(AF_INET6, host, &address.sin6_addr)
        base.storeBytes(of: address, as: sockaddr_in6.self)
      } else {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        base.storeBytes(of: address, as: sockaddr_in.self)
      }
    }
    return storage
  }
}
