import Foundation

/// An empty home directory for one program, gone with this object.
public final class TemporaryHome: Sendable {
  /// Absolute.
  public let path: String

  public init() {
    var template = Array((NSTemporaryDirectory() + "/home.XXXXXX").utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = made ?? "/nonexistent"
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
