import CWidth

/// How many columns a terminal gives to one scalar: the C library's word, which is ncurses' and tmux's too.
enum ScalarWidth {
  /// 0 for what combines, 1, 2 for wide ones, -1 for what cannot be printed.
  static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x7F { return scalar.value < 0x20 ? -1 : 1 }
    return Int(cwidth_columns(scalar.value))
  }

  /// Hiragana, Katakana letters, the common ideographs and Hangul syllables: wide everywhere, and most of such text.
  static func isPlainlyWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3: true
    default: false
    }
  }
}
