import TerminalModel

/// Menus of every kind.
extension AppState {
  /// Opens a menu, or closes it.
  mutating func toggleMenu(_ kind: MenuKind) -> [Effect] {
    if kind == .chats { return toggleChats() }
    if kind == .models { return toggleModels() }
    if kind == .branches { return toggleBranches() }
    if case .menu(let menu) = overlay, menu.kind == kind {
      overlay = nil
      return []
    }
    if kind == .prompts { return openPromptMenu() }
    openMenu(kind)
    return []
  }

  /// Opens a menu with some of the filter typed already.
  mutating func openMenu(_ kind: MenuKind, filter: String = "") {
    overlay = .menu(Menu(kind, entries: entries(of: kind), filter: filter))
  }

  /// Nil while they are not known.
  private func entries(of kind: MenuKind) -> [MenuEntry]? {
    switch kind {
    case .prompts: promptEntries
    case .models: modelEntries
    case .settings: settingEntries
    case .chats: chats.rows == nil ? nil : chats.entries
    case .themes: themeEntries
    case .keys: keyEntries
    case .branches: branchEntries
    case .queue: queueEntries
    }
  }

  /// Changes the menu that is open.
  mutating func changeMenu(_ change: (inout Menu) -> Void) {
    guard case .menu(var menu) = overlay else { return }
    // Taken out while it changes, so that it is not copied.
    overlay = nil
    change(&menu)
    overlay = .menu(menu)
  }

  /// Changes the menu that is open, by keys that are typed into its filter.
  mutating func typeIntoMenu(_ change: (inout Menu) -> Void) -> [Effect] {
    changeMenu(change)
    return searchChats()
  }

  /// Takes over the entries as they are now into a menu of that kind, where it is open.
  mutating func refreshMenu(_ kind: MenuKind) {
    guard case .menu(let menu) = overlay, menu.kind == kind else { return }
    guard let entries = entries(of: kind) else { return }
    changeMenu { $0.setEntries(entries) }
  }

  /// The mouse selects an entry, and chooses the one that it selected before.
  mutating func click(_ place: Position, at now: Duration) -> [Effect] {
    hint = nil
    quitArmedUntil = nil
    var isChosen = false
    changeMenu { isChosen = $0.click(place) }
    if overlay == nil, let index = comparison?.index(at: place) { comparison?.move(to: index) }
    return isChosen ? choose(at: now) : []
  }

  /// Does something with the selected entry besides choosing it.
  mutating func changeEntry(_ change: Action.EntryChange) -> [Effect] {
    guard case .menu(let menu) = overlay, menu.naming == nil else { return [] }
    switch menu.kind {
    case .prompts: return changePrompt(change)
    case .chats: return changeChat(change)
    case .queue: changeQueue(change, of: menu)
    case .models, .settings, .themes, .keys, .branches: break
    }
    return []
  }

  /// Closes the menu and does what its selected entry stands for.
  mutating func choose(at now: Duration) -> [Effect] {
    guard case .menu(let menu) = overlay, let index = menu.chosen else { return [] }
    if let name = menu.naming?.text { return nameChat(index, name) }
    overlay = nil
    switch menu.kind {
    case .prompts: return choosePrompt(index)
    case .models: return chooseModel(index)
    case .settings: chooseSetting(index)
    case .chats: return chooseChat(index, filter: menu.filter.text, at: now)
    case .themes: chooseTheme(index)
    case .keys: break
    case .branches: return chooseBranch(index, at: now)
    case .queue: takeFromQueue(index)
    }
    return []
  }
}
