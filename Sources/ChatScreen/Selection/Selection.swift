/// The selection of messages and blocks of code, while it is open: what is selected, and what is said of it.
struct Selection: Equatable, Sendable {
  private(set) var selected: Selected
  /// The name of the file that it is to be written to, while that is typed.
  var fileName: InputEditor?
  /// It is to be brought onto the page.
  var wantsReveal = false
  /// Where the page stood when it was opened, and whether it followed the end.
  let anchor: ScrollAnchor
  let wasFollowing: Bool
  /// What it is, by its fields: `code`, `swift`, `12 lines`.
  private(set) var fields: [String] = []
  /// Whether it opens and folds, and whether it reads otherwise as plain text.
  private(set) var isFoldable = false
  private(set) var isMarkdown = false
  private var tally = LineTally()

  /// A selection on a page that stands still.
  init(_ selected: Selected, anchor: ScrollAnchor, wasFollowing: Bool) {
    self.selected = selected
    self.anchor = anchor
    self.wasFollowing = wasFollowing
  }

  /// Goes to another thing, which is brought onto the page.
  mutating func select(_ other: Selected, reveals: Bool = true) {
    wantsReveal = wantsReveal || reveals
    if other == selected { return }
    selected = other
    tally = LineTally()
  }

  /// Looks again at what is selected, which may have grown. Costs what is new.
  mutating func describe(_ text: SelectedText) {
    isFoldable = text.isFoldable
    isMarkdown = text.isMarkdown
    let lines = SelectedText.count(tally.lines(of: text), "line")
    fields = [text.kind, text.detail, lines].filter { !$0.isEmpty }
  }

  /// Fits the name of the file to its columns.
  mutating func settle(columns: Int) { _ = fileName?.fit(columns: max(1, columns), maximumRows: 1) }
}
