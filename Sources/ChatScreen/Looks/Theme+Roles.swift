import TerminalModel

/// The roles by the names that the configuration knows them by.
extension Theme {
  /// The names of all roles, in an order for readers.
  public static var roleNames: [String] { roles.map(\.name) }

  /// Gives a role another look, in the notation of `Style.init(notation:)`. The failure says in words what is wrong.
  public mutating func set(_ role: String, to notation: String) throws(StyleMistake) {
    guard let known = Self.roles.first(where: { $0.name == role }) else {
      throw StyleMistake(reason: "is no role\(StyleMistake.hint(role, among: Self.roleNames))")
    }
    self[keyPath: known.path] = try Style(notation: notation)
  }

  /// The look of a role by its name; nil where there is no such role.
  func look(ofRole name: String) -> Style? {
    Self.roles.first { $0.name == name }.map { self[keyPath: $0.path] }
  }

  /// Gives several roles one look.
  mutating func set(_ roles: [WritableKeyPath<Theme, Style>], _ style: Style) {
    for role in roles { self[keyPath: role] = style }
  }

  /// With looks in place of those that would not be what they are meant to be: middling colours are middling only where there
  /// are 256, and without any colour attributes have to tell things apart. Looks that are of nobody's built-in theme stay.
  func fitted(toColors colors: Int) -> Theme {
    if colors >= 256 { return self }
    let others: [Theme] = colors >= 8 ? [.calm, .warm] : [.terminal, .calm, .warm]
    let stand: Theme = colors >= 8 ? .terminal : .mono
    var theme = self
    for (_, path) in Self.roles where others.contains(where: { $0[keyPath: path] == self[keyPath: path] }) {
      theme[keyPath: path] = stand[keyPath: path]
    }
    return theme
  }

  private typealias RolePath = WritableKeyPath<Theme, Style> & Sendable

  private static let roles: [(name: String, path: RolePath)] = [
    ("plain", \.plain), ("secondary", \.secondary), ("strong", \.strong), ("good", \.good), ("selected", \.selected),
    ("title", \.title), ("found", \.found), ("found_current", \.foundCurrent),
    ("user", \.user), ("assistant", \.assistant), ("tool", \.tool), ("mark", \.mark), ("problem", \.problem),
    ("heading", \.heading), ("minor_heading", \.minorHeading), ("inline_code", \.inlineCode), ("code", \.code),
    ("code_label", \.codeLabel), ("quote", \.quote), ("ornament", \.ornament), ("link", \.link),
    ("link_target", \.linkTarget), ("html", \.html),
    ("keyword", \.keyword), ("type", \.type), ("string", \.string), ("escape", \.escape), ("number", \.number),
    ("comment", \.comment), ("function", \.function), ("constant", \.constant), ("attribute", \.attribute),
    ("tag", \.tag), ("property", \.property), ("key", \.key),
    ("inserted", \.inserted), ("deleted", \.deleted), ("meta", \.meta),
  ]
}
