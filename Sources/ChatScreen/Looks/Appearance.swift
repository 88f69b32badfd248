/// How the screen looks, as its user wants it.
public struct Appearance: Equatable, Sendable {
  /// The theme that is on at the start.
  public var theme: Theme
  /// The themes to choose from.
  public var themes: [Theme]
  /// Whether signs may move by themselves; else only what comes and what is typed changes the screen, and the seconds of a
  /// running answer count slowly.
  public var isAnimated: Bool
  /// The most columns that running text takes; code and tables take what they need. Nil for the whole width.
  public var textWidth: Int?

  /// How many colours the terminal has: 256, 16, 8, or 0.
  public var colors = 256
  /// Whether the terminal has italics; else emphasis is underlined.
  public var hasItalics = true

  /// The theme as it is drawn.
  var shownTheme: Theme {
    var shown = theme.fitted(toColors: colors)
    if !hasItalics { shown.emphasis = .underline }
    return shown
  }

  /// Whether the theme has other colours than its own, since the terminal has few.
  var hasReducedColors: Bool { colors > 0 && theme.fitted(toColors: colors) != theme }

  /// The width that text has unless its user wants another.
  public static let standardTextWidth = 100

  public init(
    theme: Theme = .terminal, themes: [Theme] = Theme.builtIn, isAnimated: Bool = true,
    textWidth: Int? = standardTextWidth
  ) {
    self.theme = theme
    self.themes = themes
    self.isAnimated = isAnimated
    self.textWidth = textWidth
  }
}
