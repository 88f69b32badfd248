/// A piece of a line of code that means something.
public struct CodeToken: Equatable, Sendable {
  /// What it means.
  public enum Kind: Hashable, Sendable {
    case keyword, type, string, escape, number, comment, function, constant, attribute, tag, property
    /// What a value of data or of a style sheet is called.
    case key
    /// Lines of a diff.
    case inserted, deleted, meta
  }

  public var kind: Kind
  /// UTF-8 offsets in the line.
  public var range: Range<Int>

  public init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}
