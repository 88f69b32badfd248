import TerminalModel

/// A control sequence taken apart, and the key that it stands for.
struct ControlSequence {
  /// `<`, `=`, `>` or `?` before the parameters.
  let prefix: UInt8?
  /// The parameters, each with its sub-parameters; nil where one is left out.
  private let parameters: [[Int?]]
  private let hasIntermediates: Bool
  let final: UInt8

  /// `body`: what stands between the introducer and the final byte.
  init(_ body: ArraySlice<UInt8>, final: UInt8) {
    var rest = body
    prefix = rest.first.flatMap { (0x3C..<0x40).contains($0) ? $0 : nil }
    if prefix != nil { rest = rest.dropFirst() }
    hasIntermediates = rest.contains { $0 < 0x30 }
    parameters = rest.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { parameter in
      parameter.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
        Int(String(decoding: $0.prefix(9), as: UTF8.self))
      }
    }
    self.final = final
  }

  /// `ESC O`: a digit before the letter is the modifier.
  init(keypad body: ArraySlice<UInt8>, final: UInt8) {
    self.init(body.isEmpty ? body : ArraySlice("1;".utf8 + body), final: final)
  }

  var isBare: Bool { parameters.allSatisfy { $0.allSatisfy { $0 == nil } } && !hasIntermediates }

  func number(_ index: Int) -> Int? {
    parameters.indices.contains(index) ? parameters[index].first ?? nil : nil
  }

  /// Nil where it is no key, or the release of one.
  var key: Key? {
    // Kitty's protocol: a second part of the modifiers says pressed, repeated or released.
    if parameters.count > 1, parameters[1].count > 1, parameters[1][1] == 3 { return nil }
    let modifiers = Self.modifiers(number(1))
    switch final {
    case UInt8(ascii: "~"):
      // modifyOtherKeys: `27 ; modifiers ; code ~`.
      if number(0) == 27, let code = number(2) { return Self.key(ofCode: code, modifiers) }
      return number(0).flatMap { Self.numbered[$0] }.map { Key($0, modifiers) }
    case UInt8(ascii: "^"), UInt8(ascii: "@"):
      // rxvt's Ctrl, and Ctrl with Shift.
      let modifiers: Key.Modifiers = final == UInt8(ascii: "^") ? .control : [.control, .shift]
      return number(0).flatMap { Self.numbered[$0] }.map { Key($0, modifiers) }
    case UInt8(ascii: "u"):
      // Kitty's protocol: after the key itself, what Shift makes of it.
      let shifted = modifiers.contains(.shift) && parameters[0].count > 1 ? parameters[0][1] : nil
      return (shifted ?? number(0)).flatMap { Self.key(ofCode: $0, modifiers) }
    case UInt8(ascii: "Z"): return Key(.tab, .shift)
    case 0x61...0x64: return Self.codes[final - 0x20].map { Key($0, .shift) }
    default:
      if hasIntermediates { return nil }
      return Self.codes[final].map { Key($0, modifiers) }
    }
  }

  /// Keys by final letter, after `ESC [` and `ESC O`.
  static let codes: [UInt8: Key.Code] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "M"): .enter,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3),
    UInt8(ascii: "S"): .function(4),
  ]

  /// Keys by number, before `~`.
  private static let numbered: [Int: Key.Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
    18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
  ]

  /// The number less one is a sum: 1 Shift, 2 Alt, 4 Ctrl, 8 Super, 16 Hyper, 32 Meta.
  private static func modifiers(_ number: Int?) -> Key.Modifiers {
    let bits = max(0, (number ?? 1) - 1)
    var modifiers: Key.Modifiers = []
    if bits & 1 != 0 { modifiers.insert(.shift) }
    if bits & (2 | 32) != 0 { modifiers.insert(.alt) }
    if bits & 4 != 0 { modifiers.insert(.control) }
    return modifiers
  }

  /// A key by its Unicode code, with the modifiers that no longer are in the code itself.
  private static func key(ofCode code: Int, _ modifiers: Key.Modifiers) -> Key? {
    switch code {
    case 8, 127: return Key(.backspace, modifiers)
    case 9: return Key(.tab, modifiers)
    case 13: return Key(.enter, modifiers)
    case 27: return Key(.escape, modifiers)
    case 57399...57408: return Self.key(of: Character(Unicode.Scalar(UInt8(0x30 + code - 57399))), modifiers)
    case 57409...57426: return Self.keypad[code - 57409].map { Self.key($0, modifiers) }
    default: break
    }
    // Kitty's keys without a character lie in the private use area.
    guard code >= 0x20, !(0xE000..<0xF900).contains(code), let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
    return Self.key(of: Character(scalar), modifiers)
  }

  /// The keypad of Kitty's protocol after its digits.
  private static let keypad: [Key.Code?] = [
    .character("."), .character("/"), .character("*"), .character("-"), .character("+"), .enter, .character("="),
    .character(","), .left, .right, .up, .down, .pageUp, .pageDown, .home, .end, .insert, .delete,
  ]

  private static func key(_ code: Key.Code, _ modifiers: Key.Modifiers) -> Key {
    if case .character(let character) = code { key(of: character, modifiers) } else { Key(code, modifiers) }
  }

  /// The keys that Ctrl with these characters is everywhere else; many type them so.
  private static let twins: [Character: Key.Code] = ["[": .escape, "h": .backspace, "i": .tab, "m": .enter]

  /// As the legacy forms have it: Shift is in the character itself, but for letters with Ctrl.
  private static func key(of character: Character, _ modifiers: Key.Modifiers) -> Key {
    var modifiers = modifiers
    if modifiers.contains(.control), !modifiers.contains(.shift), let code = twins[character] {
      return Key(code, modifiers.subtracting(.control))
    }
    var text = String(character)
    if modifiers.contains(.control) {
      text = text.lowercased()
      if !character.isLetter { modifiers.remove(.shift) }
    } else if modifiers.remove(.shift) != nil {
      text = text.uppercased()
    }
    return Key(.character(text.count == 1 ? Character(text) : character), modifiers)
  }
}
