import Glibc
import Synchronization

/// An HTTP server on 127.0.0.1 that does to its clients what a test says, with real sockets and a thread for each.
///
///     let server = try FaultServer { request in [.head(200), .chunk("data: …\n\n"), .stall] }
///     // … speak to server.url, then look at server.requests
///
/// It listens until it is dropped or stopped.
public final class FaultServer: Sendable {
  /// One thing that the server does to a connection; after the last the connection is closed.
  public enum Step: Sendable {
    /// Status line and headers, which say that the body comes in chunks and, unless given, that it is an event stream.
    case head(Int, [String] = [])
    /// A whole response with a length; the connection stays open for the next request.
    case response(Int, [String] = [], body: String)
    /// One HTTP chunk.
    case chunk(String)
    /// One HTTP chunk of raw bytes, for compressed bodies.
    case chunkBytes([UInt8])
    /// One HTTP chunk, each byte of it in a segment of its own.
    case chunkByteByByte(String)
    /// An HTTP chunk that announces more bytes than it has; wants `close` or `reset` after it.
    case halfChunk(String)
    /// The last chunk; the connection stays open for the next request.
    case end
    /// Bytes as they are.
    case raw(String)
    /// Waits until the test opens the gate.
    case wait(Gate)
    /// Sends nothing more, and waits until the client goes away.
    case stall
    /// This chunk over and over, until the client goes away.
    case endless(String)
    /// Resets the connection (RST).
    case reset
    /// Closes the connection.
    case close
    /// Does something on the connection's thread.
    case call(@Sendable () -> Void)
  }

  /// What a client sent.
  public struct Request: Sendable {
    public var method: String
    /// As it stands in the request line: a path, the whole URL at a proxy, `host:port` for `CONNECT`.
    public var target: String
    /// In their order and with their letter case.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    public var bodyText: String { String(decoding: body, as: UTF8.self) }

    /// The first header of that name, in any letter case.
    public func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  /// Holds the server back until the test opens it; once open, it stays so.
  public final class Gate: Sendable {
    // A pipe: its byte is never read, so all who poll it see it for good.
    private let ends: (read: Int32, write: Int32)
    var event: Int32 { ends.read }

    public init() {
      var pair: [Int32] = [-1, -1]
      pipe(&pair)
      for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      ends = (pair[0], pair[1])
    }

    public func open() { _ = write(ends.write, [1], 1) }

    deinit {
      _ = Glibc.close(ends.read)
      _ = Glibc.close(ends.write)
    }
  }

  /// The listening socket, closed once: a number that is free again may already be the socket of another test.
  private final class Listener: Sendable {
    private let socket: Mutex<Int32?>
    init(_ socket: Int32) { self.socket = Mutex(socket) }

    /// Wakes whoever waits for a connection; does nothing once closed.
    func shutDown() {
      socket.withLock { socket in
        if let socket { _ = Glibc.shutdown(socket, Int32(SHUT_RDWR)) }
      }
    }

    func close() {
      socket.withLock { socket in
        if let socket { _ = Glibc.close(socket) }
        socket = nil
      }
    }
  }

  /// The system refused a socket.
  public struct Failure: Error { public let errno: Int32 }

  public let port: UInt16
  /// `http://127.0.0.1:PORT`, no slash at its end.
  public var url: String { "http://127.0.0.1:\(port)" }

  private let listener: Listener
  private let stopping = Gate()
  private let answer: @Sendable (Request) -> [Step]
  private let received = Mutex<[Request]>([])
  private let arrivals = Inbox<Request>()
  private let departures = Inbox<ContinuousClock.Instant>()

  /// Starts to listen on a free port. `answer` says what happens to a connection once its request is read; it is called
  /// on the connection's thread. `greeting` is done as soon as a client connects, before anything is read.
  public init(greeting: [Step] = [], _ answer: @escaping @Sendable (Request) -> [Step]) throws {
    self.answer = answer
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    listener = Listener(socket)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && listen(socket, 128) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    guard isListening else { throw Failure(errno: errno) }
    // The thread holds the server weakly between connections, so that dropping it stops it.
    Self.spawn { [weak self, listener] in
      while true {
        let client = accept(socket, nil, nil)
        guard client >= 0 else { break }
        // A program that a test starts must not hold the connection open.
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        guard let self else {
          _ = Glibc.close(client)
          break
        }
        Self.spawn { [answer = self.answer, stopping = self.stopping, weak self] in
          FaultConnection(client, stopping).serve(greeting: greeting) { request in
            self?.note(request)
            return answer(request)
          } onDeparture: {
            self?.departures.put($0)
          }
        }
      }
      listener.close()
    }
  }

  deinit { stop() }

  /// Closes the listener and every connection.
  public func stop() {
    stopping.open()
    listener.shutDown()
  }

  /// All requests so far.
  public var requests: [Request] { received.withLock { $0 } }

  /// The next request that no one has waited for yet.
  public func nextRequest() async -> Request { await arrivals.next() }

  /// When the next client went away in the middle of its response; waits until one does.
  public func nextDeparture() async -> ContinuousClock.Instant { await departures.next() }

  /// The same; nil when none went within that time.
  public func nextDeparture(within limit: Duration) async -> ContinuousClock.Instant? {
    await departures.next(within: limit)
  }

  private func note(_ request: Request) {
    received.withLock { $0.append(request) }
    arrivals.put(request)
  }

  private static func spawn(_ body: @escaping @Sendable () -> Void) {
    final class Job: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let job = Unmanaged.passRetained(Job(body))
    let status = pthread_create(
      &thread, nil,
      { job in
        guard let job else { return nil }
        Unmanaged<Job>.fromOpaque(job).takeRetainedValue().body()
        return nil
      }, job.toOpaque())
    precondition(status == 0, "no thread for the fault server")
    pthread_detach(thread)
  }

  /// The bytes as a gzip stream of stored blocks (RFC 1951 and 1952).
  public static func gzip(_ text: String) -> [UInt8] {
    let data = Array(text.utf8)
    var out: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
    func little(_ value: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }
    for start in stride(from: 0, to: data.count, by: 65_535) {
      let block = data[start..<min(start + 65_535, data.count)]
      let length = UInt32(block.count)
      out += [start + 65_535 >= data.count ? 1 : 0] + little(length, 2) + little(~length, 2) + block
    }
    var crc: UInt32 = 0xffff_ffff
    for byte in data {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = (crc >> 1) ^ (crc & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    return out + little(~crc, 4) + little(UInt32(truncatingIfNeeded: data.count), 4)
  }
}
