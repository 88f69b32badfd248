/// Replaces what could move the cursor, reorder a line or hide in it by a visible mark, so that text from elsewhere
/// cannot speak to the terminal. Cells and every other sink use the same marks.
///
/// Pieces of a stream go through one value, which remembers what it must from piece to piece:
/// ```swift
/// var sanitiser = Sanitiser()
/// print(sanitiser.consume(piece), terminator: "")
/// ```
public struct Sanitiser: Sendable {
  /// Stands for an invisible scalar, or a wide character where only one column is left.
  public static let invisibleMark: Unicode.Scalar = "·"
  /// Stands for what is no character.
  public static let invalidMark: Unicode.Scalar = "\u{FFFD}"

  /// How many characters have got a mark in their place so far.
  public private(set) var replaced = 0

  private var pendingReturn = false
  private var tags = TagAllowance()

  public init() {}

  /// The piece made safe; `\n` and `\t` stay, `\r\n` becomes `\n`. A `\r` at the end waits for the next piece.
  public mutating func consume(_ piece: some StringProtocol) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in piece.unicodeScalars {
      if pendingReturn {
        pendingReturn = false
        if scalar != "\n" { markReturn(in: &safe) }
      }
      let isFlagTag = tags.admits(scalar)
      switch scalar {
      case "\r": pendingReturn = true
      case "\n", "\t": safe.append(scalar)
      default:
        let mark = isFlagTag ? nil : Self.mark(for: scalar)
        if mark != nil { replaced += 1 }
        safe.append(mark ?? scalar)
      }
    }
    return String(safe)
  }

  /// What was held back: the mark of a `\r` that nothing followed, else empty.
  public mutating func finish() -> String {
    guard pendingReturn else { return "" }
    pendingReturn = false
    var end = String.UnicodeScalarView()
    markReturn(in: &end)
    return String(end)
  }

  private mutating func markReturn(in text: inout String.UnicodeScalarView) {
    replaced += 1
    text.append("\u{240D}")
  }

  /// A whole text made safe for a terminal: for titles, headless output, notifications.
  public static func terminalSafe(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 }) { return text }
    var sanitiser = Sanitiser()
    return sanitiser.consume(text) + sanitiser.finish()
  }

  /// The mark to show for a scalar, nil where the scalar itself may be shown. One column wide.
  static func mark(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    let value = scalar.value
    switch value {
    case 0x20..<0x7F, 0xA0..<0x300: return nil
    case 0..<0x20: return Unicode.Scalar(0x2400 + value)
    case 0x7F: return "\u{2421}"
    case 0x80..<0xA0: return invalidMark
    // The joiners shape Persian and Indic words.
    case 0x200C, 0x200D: return nil
    case 0xE0000...0xE0FFF where !isVariationSelector(scalar): return invisibleMark
    default: break
    }
    let width = ScalarWidth.columns(scalar)
    if width < 0 { return invalidMark }
    // Width 0 spares the visible format characters, such as the Arabic number sign.
    if width == 0, scalar.properties.generalCategory == .format { return invisibleMark }
    return nil
  }

  /// Chooses between the text and the picture form of the character before it.
  static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
    (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
  }
}

/// Lets the few tag characters pass that spell the flags of England, Scotland and their like: after a black flag, at most
/// seven. Anywhere else tags are a way of hiding text.
struct TagAllowance: Sendable {
  private var left = 0

  /// To be asked about every scalar in turn: whether it is a tag of a flag.
  mutating func admits(_ scalar: Unicode.Scalar) -> Bool {
    if (0xE0020...0xE007F).contains(scalar.value), left > 0 {
      left -= 1
      return true
    }
    left = scalar.value == 0x1F3F4 ? 7 : 0
    return false
  }
}
