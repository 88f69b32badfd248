/// The characters that a layout adds to the text. All are one column wide everywhere.
enum LayoutGlyphs {
  /// By depth; the last for all deeper ones.
  static let bullets = ["•", "◦", "▪"]
  static let quoteBar = "│"
  static let rule = "─"
  static let doubleRule = "═"
  static let columnBar = "│"
  static let crossing = "┼"
  static let doubleCrossing = "╪"
  /// Before what was carried over from the line above.
  static let carriedOver = "↳"
  /// More to the left and to the right.
  static let cutLeft = "‹"
  static let cutRight = "›"
  static let ellipsis = "…"
  /// For each column of what is too wide to be shown.
  static let unshown = "·"
  static let struck = "~~"
}

extension TextLook {
  static let ornament = TextLook(.ornament)
}
