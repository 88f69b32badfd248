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
  init(_ reader: inout ObjectReader) throws(CommandFailure) {
    isAnimated = try reader.bool("animation")
    textWidth = try reader.integer("text_width", from: 0)
    if let width = textWidth, width > 0, width < Self.leastTextWidth {
      throw reader.wrong("text_width", nil, "must be 0, for the whole width, or at least \(Self.leastTextWidth)")
    }
    ownThemes = try Self.themes(&reader)
    theme = try reader.string("theme")
    if let theme, !themes.contains(where: { $0.name == theme }) {
      throw reader.wrong("theme", nil, Self.unknown(theme, among: themes))
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

  private static func themes(_ reader: inout ObjectReader) throws(CommandFailure) -> [Theme] {
    guard var entries = try reader.object("themes") else { return [] }
    var themes: [Theme] = []
    for name in entries.names {
      guard var entry = try entries.object(name) else { continue }
      let base = try entry.string("base") ?? Theme.terminal.name
      // One may begin as another of one's own that stands before it.
      let known = themes.reversed() + Theme.builtIn
      guard let found = known.first(where: { $0.name == base }) else {
        throw entry.wrong("base", nil, unknown(base, among: known))
      }
      var theme = Theme(name: name, basedOn: found)
      if let roles = try entry.object("roles") { try setRoles(of: &theme, roles) }
      try entry.finish()
      themes.append(theme)
    }
    return themes
  }

  private static func setRoles(of theme: inout Theme, _ entries: ObjectReader) throws(CommandFailure) {
    var roles = entries
    for role in roles.names {
      guard let notation = try roles.string(role) else { continue }
      do throws(StyleMistake) { try theme.set(role, to: notation) } catch { throw roles.wrong(role, nil, error.reason) }
    }
  }
}
