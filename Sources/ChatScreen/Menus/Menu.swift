import TerminalModel

/// One choice of a menu. All of it may come from outside and is shown sanitised.
struct MenuEntry: Equatable, Sendable {
  /// Names it within its menu.
  var id: String
  var title: String
  /// One line beside the title; may be empty.
  var detail: String
  /// What the preview shows of it.
  var preview: String
  /// The choice that holds now.
  var isCurrent: Bool
  /// It was looked for by the filter's words already, and stands behind those that the filter leaves.
  var isFound = false
}

/// A list over the transcript to choose from: filtered as one types, with a preview of the selected entry.
struct Menu: Equatable, Sendable {
  let kind: MenuKind
  private(set) var entries: [MenuEntry]
  /// The entries are still to come.
  private(set) var isPending: Bool
  private(set) var filter = InputEditor()
  /// What the filter looks in, of each entry, once it was looked in.
  private var texts: [MenuFilter.Text] = []
  /// Another name for the selected entry, which is typed in the filter's place.
  private(set) var naming: InputEditor?
  /// The entries that the filter leaves, best first, as indices.
  private(set) var matches: [Int] = []
  /// The place in `matches`; 0 when there are none.
  private(set) var selection = 0
  /// The first match on the screen.
  private(set) var top = 0
  private(set) var area = MenuArea()
  private var preview = WrappedText()
  private var previewed: Int?
  /// The mouse selected what is selected.
  private var isClicked = false

  /// A menu with the current entry selected, or the best match of a filter.
  init(_ kind: MenuKind, entries: [MenuEntry]?, filter: String = "") {
    self.kind = kind
    self.entries = entries ?? []
    isPending = entries == nil
    self.filter = InputEditor(filter)
    refilter()
    if filter.isEmpty { selection = self.entries.firstIndex(where: \.isCurrent) ?? 0 }
  }

  /// The index of the selected entry.
  var chosen: Int? { matches.indices.contains(selection) ? matches[selection] : nil }

  /// Takes over a new list; the filter stays.
  mutating func setEntries(_ entries: [MenuEntry]) {
    let name = chosen.map { self.entries[$0].id }
    takeTexts(of: entries)
    self.entries = entries
    isPending = false
    previewed = nil
    refilter()
    if let place = matches.firstIndex(where: { entries[$0].id == name }) { selection = place }
  }

  /// Has the selected entry's name typed anew, in the filter's place; nil: no longer.
  mutating func name(_ name: String?) { naming = name.map { InputEditor($0) } }

  /// Takes over the preview of an entry.
  mutating func setPreview(_ text: String, of id: String) {
    guard let index = entries.firstIndex(where: { $0.id == id }) else { return }
    entries[index].preview = text
    previewed = nil
  }

  /// Adds a character to the filter.
  mutating func type(_ character: Character) {
    if naming != nil {
      naming?.insert(character)
      return
    }
    filter.insert(character)
    refilter()
  }

  /// Adds a text to the filter; line ends become blanks.
  mutating func paste(_ text: String) {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    if naming != nil {
      naming?.paste(line)
      return
    }
    filter.paste(line)
    refilter()
  }

  /// Edits the filter.
  mutating func edit(_ command: EditorCommand) {
    if naming != nil {
      naming?.perform(command)
      return
    }
    let old = filter.text
    filter.perform(command)
    if filter.text != old { refilter() }
  }

  /// Moves the selection.
  mutating func move(_ move: Action.MenuMove) {
    if naming != nil { return }
    let page = max(1, area.list.count - 1)
    switch move {
    case .up: select(selection - 1)
    case .down: select(selection + 1)
    case .pageUp: select(selection - page)
    case .pageDown: select(selection + page)
    case .first: select(0)
    case .last: select(matches.count - 1)
    }
  }

  /// Selects the entry that is there; true where the mouse had selected it before.
  mutating func click(_ place: Position) -> Bool {
    guard naming == nil, area.list.contains(place.row), area.listColumns.contains(place.column) else { return false }
    let clicked = top + place.row - area.list.lowerBound
    guard matches.indices.contains(clicked) else { return false }
    let isSecond = isClicked && clicked == selection
    select(clicked)
    isClicked = true
    return isSecond
  }

  /// Selects an entry by its name, where the filter leaves it.
  mutating func select(id: String) {
    if let place = matches.firstIndex(where: { entries[$0].id == id }) { selection = place }
  }

  private mutating func select(_ place: Int) {
    selection = max(0, min(place, matches.count - 1))
    isClicked = false
  }

  private mutating func refilter() {
    selection = 0
    isClicked = false
    top = 0
    if filter.isEmpty {
      matches = Array(entries.indices)
      return
    }
    if texts.isEmpty { texts = entries.map { MenuFilter.Text(title: $0.title, detail: $0.detail) } }
    let words = MenuFilter.Words(filter.text)
    // By rank, and in their own order among each.
    var ranked = [[Int]](repeating: [], count: MenuFilter.worstRank + 2)
    for index in entries.indices {
      let rank = words.rank(texts[index]) ?? (entries[index].isFound ? MenuFilter.worstRank + 1 : nil)
      if let rank { ranked[rank].append(index) }
    }
    matches = ranked.flatMap(\.self)
  }

  /// Those that stay as they are need not be made anew: a list comes again with each key that is typed.
  private mutating func takeTexts(of new: [MenuEntry]) {
    guard !texts.isEmpty else { return }
    texts = new.indices.map { index in
      if entries.indices.contains(index), entries[index].title == new[index].title,
        entries[index].detail == new[index].detail
      {
        return texts[index]
      }
      return MenuFilter.Text(title: new[index].title, detail: new[index].detail)
    }
  }

  /// Fits the menu to its rows and columns: scrolls to the selection and wraps the preview.
  mutating func settle(rows: Range<Int>, columns: Int) {
    area = MenuArea(rows: rows, columns: columns, entries: entries.count, hasFooter: kind.canChangeEntries)
    _ = filter.fit(columns: max(1, columns - area.filterIndent), maximumRows: 1)
    _ = naming?.fit(columns: max(1, columns - area.filterIndent), maximumRows: 1)
    let height = max(1, area.list.count)
    top = max(0, min(top, matches.count - height))
    if selection < top { top = selection }
    if selection >= top + height { top = selection - height + 1 }
    if previewed != chosen || previewed == nil {
      preview = WrappedText(chosen.map { entries[$0].preview } ?? "")
      previewed = chosen
    }
    preview.layOut(width: max(1, area.previewColumns.count))
  }

  /// The lines of the preview as cells, as many as there is room for.
  var previewLines: [[Cell]] {
    (0..<min(preview.lines.count, area.previewRows.count)).map { preview.cells(ofLine: $0, style: .plain) }
  }

  /// True when the preview has more lines than are shown.
  var isPreviewCut: Bool { preview.lines.count > area.previewRows.count }
}
