import Glibc

/// A port on 127.0.0.1 that refuses every connection: it is taken, so that nobody else gets it, but nobody listens.
public final class ClosedPort: Sendable {
  public let port: UInt16
  private let holder: Int32

  /// Takes a free port, until the value is dropped.
  public init() throws {
    holder = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let holder = holder
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(holder, $0, size) == 0 && getsockname(holder, $0, &size) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    guard isBound else { throw FaultServer.Failure(errno: errno) }
  }

  deinit { _ = close(holder) }
}
