/// Where system prompts lie.
struct PromptPlaces: Equatable, Sendable {
  /// The user's own, `*.md`; nil without a home.
  var directory: String?
  /// A folder of fabric's: one folder a prompt, with a `system.md` in it.
  var patterns: String?

  /// All of them, with those that are built in.
  func read() -> PromptLibrary {
    var library = PromptLibrary()
    if let patterns { library.add(patterns: patterns) }
    if let directory { library.add(directory: directory) }
    return library
  }
}
