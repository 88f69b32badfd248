import CVTerm

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A cell of the mirrored screen.
public struct PtyCell: Equatable, Sendable {
  /// Empty where nothing was written and in the right half of a wide character.
  public var text: String
  public var width: Int
  public var isBold: Bool
  public var isItalic: Bool
  public var isUnderlined: Bool
  public var isReversed: Bool
  /// Palette indexes, nil for the terminal's own.
  public var foreground: Int?
  public var background: Int?

  init(_ cell: vt_cell) {
    width = Int(cell.width)
    isBold = cell.bold != 0
    isItalic = cell.italic != 0
    isUnderlined = cell.underline != 0
    isReversed = cell.reverse != 0
    foreground = cell.foreground < 0 ? nil : Int(cell.foreground)
    background = cell.background < 0 ? nil : Int(cell.background)
    text = withUnsafeBytes(of: cell.scalars) { bytes in
      var text = ""
      // libvterm marks the right half of a wide character by -1, which is no scalar.
      for value in bytes.bindMemory(to: UInt32.self) {
        guard value != 0, let scalar = Unicode.Scalar(value) else { break }
        text.unicodeScalars.append(scalar)
      }
      return text
    }
  }
}

/// What `tcgetattr` says of a terminal, comparable.
public struct TerminalSettings: Equatable, Sendable {
  public var flags: [UInt]
  public var controlCharacters: [UInt8]

  init(_ settings: termios) {
    flags = [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag].map { UInt($0) }
    controlCharacters = withUnsafeBytes(of: settings.c_cc) { Array($0) }
  }
}

/// Follows the private modes in a program's output: `CSI ? n h` sets, `CSI ? n l` resets, `s` and `r` save and
/// restore; also the keypad's mode.
public struct PrivateModes: Equatable, Sendable {
  /// The numbers of the modes that are set, without those whose normal state is on: 7 and 25.
  public private(set) var set: Set<Int> = []
  /// Mode 25 is reset.
  public private(set) var isCursorHidden = false
  /// Mode 7 is reset: what is written at the right edge stays there.
  public private(set) var isWrappingOff = false
  public private(set) var isKeypadTransmitting = false
  private var saved: [Int: Bool] = [:]
  private var pending: [UInt8] = []

  public init() {}

  public static func == (left: Self, right: Self) -> Bool {
    (left.set, left.isCursorHidden, left.isWrappingOff, left.isKeypadTransmitting)
      == (right.set, right.isCursorHidden, right.isWrappingOff, right.isKeypadTransmitting)
  }

  mutating func follow(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      if byte == 0x1B {
        pending = [byte]
      } else if !pending.isEmpty {
        pending.append(byte)
        step(byte)
      }
    }
  }

  private mutating func step(_ byte: UInt8) {
    switch pending.count {
    case 2:
      if byte == UInt8(ascii: "=") { isKeypadTransmitting = true }
      if byte == UInt8(ascii: ">") { isKeypadTransmitting = false }
      if byte != UInt8(ascii: "[") { pending = [] }
    case 3: if byte != UInt8(ascii: "?") { pending = [] }
    default:
      if byte == UInt8(ascii: ";") || (0x30...0x39).contains(byte) { return }
      let numbers = String(decoding: pending[3..<pending.count - 1], as: UTF8.self)
      for number in numbers.split(separator: ";").compactMap({ Int($0) }) { change(number, byte) }
      pending = []
    }
  }

  private mutating func change(_ number: Int, _ final: UInt8) {
    let isSet: Bool
    switch final {
    case UInt8(ascii: "h"): isSet = true
    case UInt8(ascii: "l"): isSet = false
    case UInt8(ascii: "s"):
      saved[number] = set.contains(number)
      return
    case UInt8(ascii: "r"): isSet = saved[number] ?? set.contains(number)
    default: return
    }
    if number == 25 {
      isCursorHidden = !isSet
    } else if number == 7 {
      isWrappingOff = !isSet
    } else if isSet {
      set.insert(number)
    } else {
      set.remove(number)
    }
  }
}
