import CWidth

/// How many columns a terminal gives to one scalar: the C library's word, which is ncurses' and tmux's too.
enum ScalarWidth {
  /// 0 for what combines, 1, 2 for wide ones, -1 for what cannot be printed.
  static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x7F { return scalar.value < 0x20 ? -1 : 1 }
    return Int(cwidth_columns(scalar.value))
  }
}
