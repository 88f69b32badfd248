/// The control sequences that hand a text to the terminal's clipboard: OSC 52 of xterm's ctlseqs, "Manipulate Selection
/// Data".
enum ClipboardSequence {
  /// The longest text, in bytes of UTF-8: terminals cut the sequence off at 100,000 bytes, base64 and all.
  static let limit = 74_994
  /// GNU screen's string buffer.
  private static let chunk = 768

  /// The bytes to send; nil where the text is too long.
  static func bytes(for text: String, _ route: TerminalKind.Clipboard) -> String? {
    guard text.utf8.count <= limit else { return nil }
    let plain = "\u{1B}]52;c;\(base64(text.utf8))\u{07}"
    switch route {
    case .none: return ""
    case .plain: return plain
    case .tmux: return plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\"
    case .screen: return pieces(of: plain).map { "\u{1B}P\($0)\u{1B}\\" }.joined()
    }
  }

  /// Pieces that with their four bytes of frame fill screen's buffer.
  private static func pieces(of text: String) -> [Substring] {
    var rest = text[...]
    var pieces: [Substring] = []
    while !rest.isEmpty {
      pieces.append(rest.prefix(chunk - 4))
      rest = rest.dropFirst(chunk - 4)
    }
    return pieces
  }

  /// RFC 4648, with padding.
  static func base64(_ bytes: some Collection<UInt8>) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    var group: UInt32 = 0
    var held = 0
    func flush() {
      group <<= UInt32(8 * (3 - held))
      for digit in 0..<4 {
        out.append(digit <= held ? digits[Int(group >> UInt32(18 - 6 * digit)) & 63] : UInt8(ascii: "="))
      }
      (group, held) = (0, 0)
    }
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      held += 1
      if held == 3 { flush() }
    }
    if held > 0 { flush() }
    return String(decoding: out, as: UTF8.self)
  }
}
