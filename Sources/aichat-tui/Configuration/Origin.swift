/// Where a value of the configuration comes from.
enum Origin: Equatable, Sendable, CustomStringConvertible {
  case option(OptionName)
  case environment(String)
  /// A variable of the file that `--env-file` names, and its line.
  case environmentFile(String, file: String, line: Int)
  /// A key of the configuration file, by its path, for example `providers.work.endpoint`.
  case file(String, key: String)
  /// The front matter of a prompt file.
  case promptFile(String)
  case byDefault

  /// What holds the value, without where that stands: a variable's name, or a key of the configuration. Nil for the rest.
  var holder: String? {
    switch self {
    case .environment(let name), .environmentFile(let name, _, _): name
    case .file(_, let key): key
    case .option, .promptFile, .byDefault: nil
    }
  }

  var description: String {
    switch self {
    case .option(let option): option.rawValue
    case .environment(let name): "\(name) in the environment"
    case .environmentFile(let name, let file, let line): "\(name) in \(file), line \(line)"
    case .file(let file, let key): "\(key) in \(file)"
    case .promptFile(let file): file
    case .byDefault: "default"
    }
  }
}

/// A value and where it comes from.
struct Sourced<Value: Equatable & Sendable>: Equatable, Sendable {
  var value: Value
  var origin: Origin
}
