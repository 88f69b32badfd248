import ChatHistory
import ChatModel

/// What `history` is asked to do, its words and options understood.
enum HistoryRequest: Equatable {
  /// Newest first; no limit lists all.
  case list(limit: Int?)
  case show(String)
  case search(String, limit: Int)
  /// No id: all of them. No file: to stdout.
  case export(id: String?, ExportFormat, file: String?)
  case importing(file: String, isLenient: Bool)
  case delete(String)
  case undelete(String)

  /// The words that may follow `history`, as help names them.
  static let names = ["list", "show", "search", "export", "import", "delete", "undelete"]
  private static let usualHits = 50

  /// Throws a usage failure that says what is missing or too much.
  init(_ options: Options) throws(CommandFailure) {
    guard let name = options.words.first else { throw .usage("history wants one of: \(Self.list)") }
    let words = Array(options.words.dropFirst())
    guard Self.names.contains(name) else {
      throw .usage(
        "history \(name) is nothing it does; it wants one of: \(Self.list)"
          + NearestName.hint(name, among: Self.names))
    }
    try Self.check(options, for: name)
    switch name {
    case "list":
      if let word = words.first {
        throw .usage("“\(word)” is one word too many; to find words: history search \(word)")
      }
      self = .list(limit: options.limit)
    case "show": self = .show(try Self.word("ID", of: name, words))
    case "search":
      guard words.contains(where: { !$0.isEmpty }) else { throw .usage("history search wants words to look for") }
      self = .search(words.joined(separator: " "), limit: options.limit ?? Self.usualHits)
    case "export": self = try Self.export(options, words)
    case "import":
      self = .importing(file: try Self.word("FILE", of: name, words), isLenient: options.isLenient)
    case "delete": self = .delete(try Self.word("ID", of: name, words))
    default: self = .undelete(try Self.word("ID", of: name, words))
    }
  }

  private static var list: String { names.joined(separator: ", ") }

  private static func word(_ what: String, of name: String, _ words: [String]) throws(CommandFailure) -> String {
    guard let word = words.first, !word.isEmpty else {
      throw .usage("history \(name) wants \(what == "ID" ? "an ID (history list shows them), or last" : "a \(what)")")
    }
    if words.count > 1 { throw .usage("“\(words[1])” is one word too many: history \(name) wants one \(what)") }
    return word
  }

  private static func export(_ options: Options, _ words: [String]) throws(CommandFailure) -> HistoryRequest {
    guard let word = options.format else {
      throw .usage("history export wants --format, one of: \(ExportFormat.listed)")
    }
    guard let format = ExportFormat(rawValue: word) else {
      let hint = NearestName.hint(word, among: ExportFormat.allCases.map(\.rawValue))
      throw .usage("--format: \(ExportFormat.unknown(word))\(hint)")
    }
    if options.isAll, let word = words.first { throw .usage("“\(word)” is one word too many beside --all") }
    if !options.isAll, words.isEmpty {
      throw .usage("history export wants an ID (history list shows them), last, or --all")
    }
    let id = options.isAll ? nil : try self.word("ID", of: "export", words)
    return .export(id: id, format, file: options.outputFile)
  }

  /// Refuses options of the other words: an option that does nothing is a mistake.
  private static func check(_ options: Options, for name: String) throws(CommandFailure) {
    let takers: [(isGiven: Bool, option: OptionName, names: [String])] = [
      (options.limit != nil, .limit, ["list", "search"]), (options.format != nil, .format, ["export"]),
      (options.outputFile != nil, .output, ["export"]), (options.isAll, .all, ["export"]),
      (options.isLenient, .lenient, ["import"]), (options.isJSON, .json, ["list", "show", "search", "import"]),
    ]
    for (isGiven, option, names) in takers where isGiven && !names.contains(name) {
      let hint = option == .json && name == "export" ? "; for JSON: --format json" : ""
      throw .usage(
        "\(option.rawValue) is no option of history \(name), but of history \(names.joined(separator: ", "))\(hint)")
    }
  }
}
