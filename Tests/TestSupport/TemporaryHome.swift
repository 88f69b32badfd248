import Foundation

/// An empty home directory for one program, gone with this object.
public final class TemporaryHome: Sendable {
  /// Absolute.
  public let path: String

  public init() {
    var template = Array((NSTemporaryDirectory() + "/home.XXXXXX").utf8CString)
    path = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress).map { String(cString: $0) } } ?? "/nonexistent"
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
