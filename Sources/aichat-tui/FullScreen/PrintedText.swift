/// What programs print, as the text that a reader would have seen.
enum PrintedText {
  /// Without control sequences, and with what was written over left out: of a line that was drawn anew after a carriage
  /// return the last state, of overstruck letters one. Bytes that are no UTF-8 are repaired.
  static func plain(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    var line = String.UnicodeScalarView()
    var returned = false
    var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "\r" {
        returned = true
        continue
      }
      if scalar == "\n" {
        text.append(contentsOf: line)
        text.append("\n")
        line.removeAll()
        returned = false
        continue
      }
      switch scalar.value {
      case 0x1B: skipSequence(&scalars)
      case 0x9B: skipControlSequence(&scalars)
      case 0x08: if !line.isEmpty { line.removeLast() }
      case 0x09, 0x20..<0x7F, 0xA0...:
        if returned { line.removeAll() }
        returned = false
        line.append(scalar)
      default: break
      }
    }
    text.append(contentsOf: line)
    return String(text)
  }

  /// Takes what follows an ESC: a control sequence, a control string, or one or two characters.
  private static func skipSequence(_ scalars: inout Substring.UnicodeScalarView) {
    guard let next = scalars.popFirst() else { return }
    switch next {
    case "[": skipControlSequence(&scalars)
    case "]", "P", "X", "^", "_":
      while let scalar = scalars.popFirst() {
        if scalar.value == 0x07 || scalar.value == 0x9C { return }
        if scalar.value == 0x1B {
          if scalars.first == "\\" { scalars.removeFirst() }
          return
        }
      }
    case "(", ")", "*", "+", "#", "%", " ": if !scalars.isEmpty { scalars.removeFirst() }
    default: break
    }
  }

  /// Takes parameters up to the final character.
  private static func skipControlSequence(_ scalars: inout Substring.UnicodeScalarView) {
    while let scalar = scalars.first, (0x20...0x3F).contains(scalar.value) { scalars.removeFirst() }
    if let last = scalars.first, (0x40...0x7E).contains(last.value) { scalars.removeFirst() }
  }
}
