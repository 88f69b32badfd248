import ChatScreen

/// What the configuration file says of the screen's looks; nil where it says nothing.
struct ConfiguredAppearance: Equatable {
  /// The name of the theme to begin with.
  var theme: String?
  /// The user's own, in the order of the file.
  var ownThemes: [Theme] = []
  /// Whether signs may move by themselves.
  var isAnimated: Bool?
  /// Columns of running text; 0 for the whole width.
  var textWidth: Int?

  init() {}

  /// Takes its keys from the file's.
  init(_ reader: inout ObjectReader) {
    isAnimated = reader.bool("animation")
    textWidth = reader.integer("text_width", from: 0)
    if let width = textWidth, width > 0, width < Self.leastTextWidth {
      reader.fail("text_width", nil, "must be 0, for the whole width, or at least \(Self.leastTextWidth)")
    }
    ownThemes = Self.themes(&reader)
    theme = reader.string("theme")
    if let theme, !themes.contains(where: { $0.name == theme }) {
      reader.fail("theme", nil, Self.unknown(theme, among: themes))
    }
  }

  private static let leastTextWidth = 20

  /// The built-in themes and the user's own; one of these takes the place of a built-in one of its name.
  var themes: [Theme] {
    Theme.builtIn.filter { theme in !ownThemes.contains { $0.name == theme.name } } + ownThemes
  }

  /// With the defaults for what the file does not say.
  var settled: Appearance {
    Appearance(
      theme: themes.first { $0.name == theme } ?? themes.first { $0.name == Theme.terminal.name } ?? .terminal,
      themes: themes, isAnimated: isAnimated ?? true,
      textWidth: textWidth.map { $0 == 0 ? nil : $0 } ?? Appearance.standardTextWidth)
  }

  private static func unknown(_ name: String, among themes: [Theme]) -> String {
    let names = themes.map(\.name)
    return "cannot be “\(name)”\(NearestName.hint(name, among: names)) (one of \(names.joined(separator: ", ")))"
  }

  private static func themes(_ reader: inout ObjectReader) -> [Theme] {
    reader.object("themes") { entries in
      var themes: [Theme] = []
      for name in entries.names {
        if let theme = entries.object(name, { Self.theme(name, &$0, after: themes) }) { themes.append(theme) }
      }
      return themes
    } ?? []
  }

  /// `others`: those that stand before it: one may begin as another of one's own.
  private static func theme(_ name: String, _ entry: inout ObjectReader, after others: [Theme]) -> Theme {
    let base = entry.string("base") ?? Theme.terminal.name
    let known = others.reversed() + Theme.builtIn
    let found = known.first { $0.name == base }
    if found == nil { entry.fail("base", nil, unknown(base, among: known)) }
    var theme = Theme(name: name, basedOn: found ?? .terminal)
    _ = entry.object("roles") { roles in
      for role in roles.names {
        guard let notation = roles.string(role) else { continue }
        do throws(StyleMistake) { try theme.set(role, to: notation) } catch { roles.fail(role, nil, error.reason) }
      }
    }
    return theme
  }
}
