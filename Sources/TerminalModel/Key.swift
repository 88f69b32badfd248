/// A key as the terminal reported it, free of escape sequences.
public struct Key: Hashable, Sendable {
  public enum Code: Hashable, Sendable {
    /// A printable character, or, with `.control`, the lower-case letter or sign of the control key.
    case character(Character)
    case enter, tab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 is 1.
    case function(Int)
  }
  public struct Modifiers: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let shift = Modifiers(rawValue: 1)
    public static let alt = Modifiers(rawValue: 2)
    public static let control = Modifiers(rawValue: 4)
  }

  public var code: Code
  public var modifiers: Modifiers
  public init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }
}

/// What the person at the terminal did.
public enum TerminalInput: Equatable, Sendable {
  case key(Key)
  /// A bracketed paste, whole; line ends are `\n`.
  case paste(String)
  /// The mouse wheel, in lines, negative is up; and where the pointer was.
  case wheel(Int, at: Position? = nil)
  /// The mouse's first button went down there, on a cell of the screen.
  case click(Position)
  case focus(Bool)
}
