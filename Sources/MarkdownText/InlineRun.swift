/// A piece of running text of one look.
public struct InlineRun: Equatable, Sendable {
  /// Not sanitised; `\n` where a line ends, be it a hard or a soft break: answers mean their line ends.
  public var text: String
  public var attributes: InlineAttributes
  /// Where a link or an image points to, as it was written; not checked.
  public var target: String?

  public init(_ text: String, _ attributes: InlineAttributes = [], target: String? = nil) {
    self.text = text
    self.attributes = attributes
    self.target = target
  }
}

/// What emphasis and its like do to running text.
public struct InlineAttributes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static let emphasis = InlineAttributes(rawValue: 1)
  public static let strong = InlineAttributes(rawValue: 2)
  public static let struck = InlineAttributes(rawValue: 4)
  public static let code = InlineAttributes(rawValue: 8)
  /// The text of a link; the target itself is shown behind it where it says more.
  public static let link = InlineAttributes(rawValue: 16)
  /// The description of an image.
  public static let image = InlineAttributes(rawValue: 32)
}
