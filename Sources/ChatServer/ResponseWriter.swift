/// The producer's end of a streamed body.
struct ResponseWriter: Sendable {
  let pipe: ResponsePipe

  /// Sends bytes to the client, at once. Waits while the client is far behind, so that one who does not read costs no
  /// memory. Throws `CancellationError` once the client has gone or the server stops.
  func write(_ bytes: [UInt8]) async throws { try await pipe.write(bytes) }

  /// Sends bytes to the client, at once and without waiting. False when the client is far behind: nothing more should be
  /// offered until `whenRoom` is called, once, from any thread. Throws as `write` does.
  func offer(_ bytes: [UInt8], whenRoom: @escaping @Sendable () -> Void) throws -> Bool {
    try pipe.offer(bytes, whenRoom: whenRoom)
  }

  /// False while the client is far behind.
  var hasRoom: Bool { pipe.hasRoom }
}
