/// The variables that the program sees: the process's own, then those of `--env-file`. An empty one counts as not set.
struct Environment: Equatable {
  private let process: [String: String]
  let file: EnvironmentFile?

  init(process: [String: String], file: EnvironmentFile? = nil) {
    self.process = process
    self.file = file
  }

  /// The first of these variables that is set, with its origin. All of the process's come before any of the file's.
  func value(_ names: [String]) -> Sourced<String>? {
    for name in names {
      if let value = process[name], !value.isEmpty { return Sourced(value: value, origin: .environment(name)) }
    }
    guard let file else { return nil }
    for name in names {
      if let (value, line) = file.variables[name], !value.isEmpty {
        return Sourced(value: value, origin: .environmentFile(name, file: file.path, line: line))
      }
    }
    return nil
  }

  /// The variable's value; nil when it is not set.
  func value(_ name: String) -> String? { value([name])?.value }

  /// All variables, the process's own before the file's.
  var all: [String: String] {
    (file?.variables.mapValues(\.value) ?? [:]).merging(process) { $1.isEmpty ? $0 : $1 }
  }

  /// The process's own variables without those that hold a key of ours: what a child gets.
  func forChildren(hiding more: [String] = []) -> [String: String] {
    let hidden = Set(ProviderVariables.secretNames + more)
    return process.filter { !hidden.contains($0.key) }
  }

  /// The directory of the configuration (`$XDG_CONFIG_HOME/aichat-tui`, else `~/.config/aichat-tui`); nil without a home.
  ///
  /// Only of the process's own variables, and never relative: a file in the working directory must not be read unnamed.
  var configurationDirectory: String? {
    if let base = process["XDG_CONFIG_HOME"], base.hasPrefix("/") { return base + "/aichat-tui" }
    if let home = process["HOME"], home.hasPrefix("/") { return home + "/.config/aichat-tui" }
    return nil
  }
}
