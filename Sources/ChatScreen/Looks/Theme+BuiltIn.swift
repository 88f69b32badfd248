import TerminalModel

/// The themes that are built in.
extension Theme {
  /// All of them, the default first.
  public static let builtIn = [terminal, calm, warm, mono, highContrast]

  /// The default: the terminal's own colours, whose user has made them legible.
  public static let terminal: Theme = {
    var theme = Theme(named: "terminal")
    theme.summary = "the terminal's own colours"
    return theme
  }()

  /// Colours of a middling lightness, blue before all: three times lighter or darker than any usual ground.
  static let calm: Theme = {
    var theme = Theme(named: "calm")
    theme.summary = "blue and grey of a middling lightness, for light and dark grounds (256 colours)"
    theme.useMiddling(accent: 31, second: 133, code: 30, string: 64, grey: 244, alarm: 167)
    return theme
  }()

  /// As `calm`, with the colours of a fire.
  static let warm: Theme = {
    var theme = Theme(named: "warm")
    theme.summary = "amber and rose of a middling lightness, for light and dark grounds (256 colours)"
    theme.useMiddling(accent: 166, second: 132, code: 137, string: 100, grey: 244, alarm: 196)
    return theme
  }()

  /// No colours at all.
  static let mono: Theme = {
    var theme = Theme(named: "mono")
    theme.summary = "no colours: bold, dim and underlined"
    theme.dropColors()
    return theme
  }()

  /// The text's own colour everywhere, nothing dim, and alarms on a ground of their own.
  static let highContrast: Theme = {
    var theme = Theme(named: "high-contrast")
    theme.summary = "nothing dim, weight and lines in place of colours"
    theme.dropColors()
    theme.set(
      [\.secondary, \.codeLabel, \.ornament, \.linkTarget, \.html, \.inserted, \.deleted, \.meta], .plain)
    theme.comment = Style(attributes: .italic)
    theme.set([\.found, \.inlineCode], Style(attributes: [.bold, .underline]))
    theme.set([\.title, \.selected, \.foundCurrent, \.mark], Style(attributes: [.bold, .reverse]))
    // White on dark red, wherever there are colours.
    theme.problem = Style(foreground: .palette(231), background: .palette(88), attributes: .bold)
    return theme
  }()

  /// - Parameters: entries of the palette of 256: for headings and names, for keywords, for other words of code, for strings,
  ///   for what is beside the point, and for what went wrong.
  private mutating func useMiddling(accent: UInt8, second: UInt8, code: UInt8, string: UInt8, grey: UInt8, alarm: UInt8)
  {
    func ink(_ entry: UInt8, _ attributes: Style.Attributes = []) -> Style {
      Style(foreground: .palette(entry), attributes: attributes)
    }
    set([\.secondary, \.codeLabel, \.ornament, \.linkTarget, \.html], ink(grey))
    set([\.assistant, \.heading], ink(accent, .bold))
    set([\.tool, \.function, \.property, \.key, \.tag], ink(accent))
    set([\.mark, \.keyword, \.attribute, \.meta], ink(second))
    set([\.inlineCode, \.type, \.number, \.constant, \.escape], ink(code))
    set([\.string, \.inserted], ink(string))
    good = ink(string, .bold)
    comment = ink(grey, .italic)
    problem = ink(alarm, .bold)
    deleted = ink(alarm)
  }

  private mutating func dropColors() {
    set([\.assistant, \.problem, \.heading, \.keyword], Style(attributes: .bold))
    set([\.tool, \.inlineCode, \.key], Style(attributes: .bold))
    mark = Style(attributes: .underline)
    set([\.string, \.escape, \.number, \.constant, \.attribute, \.deleted, \.meta], .plain)
    inserted = Style(attributes: .bold)
  }
}
