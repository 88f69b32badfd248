import TerminalModel

/// The few looks that the screen uses. Colours are the terminal's own, chosen to be legible on light and dark.
enum Look {
  static let plain = Style.plain
  static let secondary = Style(attributes: .dim)
  static let user = Style(attributes: .bold)
  static let assistant = Style(foreground: .palette(6), attributes: .bold)
  static let tool = Style(foreground: .palette(6))
  static let mark = Style(foreground: .palette(5))
  static let problem = Style(foreground: .palette(1), attributes: .bold)
  static let good = Style(foreground: .palette(2))
  static let strong = Style(attributes: .bold)
  static let selected = Style(attributes: .reverse)
  static let title = Style(attributes: .reverse)
}
