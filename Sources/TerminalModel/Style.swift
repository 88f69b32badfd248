/// A colour of the terminal's own: its default, or one of its palette (0–7 plain, 8–15 bright, 16–255 the cube).
public enum Color: Hashable, Sendable {
  case standard
  case palette(UInt8)
}

/// How a cell looks.
public struct Style: Hashable, Sendable {
  public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let italic = Attributes(rawValue: 4)
    public static let underline = Attributes(rawValue: 8)
    public static let reverse = Attributes(rawValue: 16)
  }

  public var foreground: Color
  public var background: Color
  public var attributes: Attributes
  /// Where the text leads to, for terminals that can open it.
  public var link: Hyperlink?

  public init(
    foreground: Color = .standard, background: Color = .standard, attributes: Attributes = [], link: Hyperlink? = nil
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
    self.link = link
  }

  public static let plain = Style()
}
