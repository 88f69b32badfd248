/// Themes: their menu, and putting one on.
extension AppState {
  var themeEntries: [MenuEntry] {
    appearance.themes.map { theme in
      MenuEntry(
        id: theme.name, title: theme.name, detail: theme.summary, preview: Self.themePreview,
        isCurrent: theme.name == appearance.theme.name)
    }
  }

  private static let themePreview = """
    Enter puts it on, for this run. In the configuration, "theme" names the one to start with, and "themes" makes \
    your own.
    """

  /// Puts the theme of that name on, or the only one that matches it; else opens the menu with what was typed.
  mutating func openThemes(named name: String) {
    if !name.isEmpty {
      let wanted = name.lowercased()
      if let theme = appearance.themes.first(where: { $0.name.lowercased() == wanted }) { return setTheme(theme) }
      let matching = appearance.themes.filter { MenuFilter.rank(title: $0.name, detail: "", filter: name) != nil }
      if matching.count == 1 { return setTheme(matching[0]) }
    }
    openMenu(.themes, filter: name)
  }

  /// Puts the theme on that has that place in the menu.
  mutating func chooseTheme(_ index: Int) {
    if appearance.themes.indices.contains(index) { setTheme(appearance.themes[index]) }
  }

  private mutating func setTheme(_ theme: Theme) {
    appearance.theme = theme
    let extent = appearance.hasReducedColors ? ", as far as \(appearance.colors) colours go" : ""
    hint = Hint(text: "Theme: \(theme.name)\(extent)")
  }
}
