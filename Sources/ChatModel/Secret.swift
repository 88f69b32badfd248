/// A key or token. It prints as `set`, so that no log, dump or error message shows it by accident; only the code that
/// writes a request's header calls `reveal()`.
public struct Secret: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let value: String
  public init(_ value: String) { self.value = value }
  public func reveal() -> String { value }

  /// The text with the secret blotted out: services like to repeat a wrong key in their errors. A secret of less than six
  /// characters is left alone, since it might be any word.
  public func blotted(in text: String) -> String {
    value.count < 6 ? text : text.split(separator: value, omittingEmptySubsequences: false).joined(separator: "•••")
  }
  public var description: String { "set" }
  public var debugDescription: String { "set" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
