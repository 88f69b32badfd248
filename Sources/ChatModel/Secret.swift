/// A key or token. It prints as `set`, so that no log, dump or error message shows it by accident; only the code that
/// writes a request's header calls `reveal()`.
public struct Secret: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let value: String
  public init(_ value: String) { self.value = value }
  public func reveal() -> String { value }
  public var description: String { "set" }
  public var debugDescription: String { "set" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
