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
    ("tag", \.tag), ("property", \.property), ("inserted", \.inserted), ("deleted", \.deleted), ("meta", \.meta),
  ]
}
