import Synchronization

/// Reads a descriptor line by line, without holding up anybody while it waits.
final class LineReader: Sendable {
  private let descriptor: Int32
  /// What was read beyond the last line.
  private let rest = Mutex<[UInt8]>([])

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The next line without its end, repaired where it is no UTF-8; nil at the end of the input. For one caller at a time.
  func next() async -> String? {
    await Blocking.call { [self] in
      while true {
        if let line = takeLine() { return line }
        guard let piece = try? FileContent.readSome(descriptor) else { return takeRest() }
        rest.withLock { $0 += piece }
      }
    }
  }

  private func takeLine() -> String? {
    rest.withLock { bytes in
      guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
      var line = bytes[..<end]
      if line.last == 0x0D { line.removeLast() }
      bytes.removeFirst(end + 1)
      return String(decoding: line, as: UTF8.self)
    }
  }

  private func takeRest() -> String? {
    rest.withLock { bytes in
      defer { bytes = [] }
      return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
  }
}
