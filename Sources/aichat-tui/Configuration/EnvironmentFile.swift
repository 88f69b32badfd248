/// The variables of a `--env-file`, in the syntax that dotenv files share: `NAME=value` lines, `#` comments, an optional
/// `export`, single quotes (nothing inside is special) or double quotes (`\n`, `\"` and the like are). `$NAME` is not
/// expanded: a key may contain a dollar sign.
struct EnvironmentFile: Equatable {
  let path: String
  /// Name → value and the line it stands on (from 1). A later line wins.
  private(set) var variables: [String: (value: String, line: Int)] = [:]

  static func == (left: EnvironmentFile, right: EnvironmentFile) -> Bool {
    left.path == right.path && left.variables.mapValues(\.value) == right.variables.mapValues(\.value)
  }

  /// What is wrong with it; each names file and line.
  private(set) var mistakes: [CommandFailure] = []

  /// Reads the file. A missing file or a line that cannot be read is a mistake.
  init(reading path: String) {
    let content: FileContent
    do { content = try FileContent.read(path, limit: 1 << 20) } catch {
      self.init(checking: "", path: path)
      mistakes = [.configuration("--env-file \(path): \(error.reason)")]
      return
    }
    self.init(checking: String(decoding: content.bytes, as: UTF8.self), path: path)
  }

  /// Reads the text of a file; the failure is the first mistake. `path` is for messages.
  init(text: String, path: String) throws(CommandFailure) {
    self.init(checking: text, path: path)
    if let first = mistakes.first { throw first }
  }

  /// Reads the text of a file with all its mistakes; `path` is for messages.
  init(checking text: String, path: String) {
    self.path = path
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, raw) in lines.enumerated() {
      var line = raw.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
      if line.isEmpty || line.first == "#" { continue }
      if line.hasPrefix("export "), let after = line.dropFirst(7).firstIndex(where: { !$0.isWhitespace }) {
        line = line[after...]
      }
      do {
        let (name, value) = try Self.assignment(line)
        variables[name] = (value, index + 1)
      } catch { mistakes.append(.configuration("\(path), line \(index + 1): \(error.reason)")) }
    }
  }

  private struct LineError: Error { var reason: String }

  private static func assignment(_ line: Substring) throws(LineError) -> (name: String, value: String) {
    guard let equals = line.utf8.firstIndex(of: UInt8(ascii: "=")) else {
      throw LineError(reason: "expected NAME=value")
    }
    let name = String(trimmed(line[..<equals]))
    let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    guard isName, name.first?.isNumber == false else {
      throw LineError(reason: "what stands before = is no variable's name")
    }
    let rest = line[line.utf8.index(after: equals)...].drop { $0.isWhitespace }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return (name, unquoted(rest)) }
    return (name, try quoted(rest.dropFirst(), by: quote))
  }

  /// Up to a `#` that follows a blank, without blanks at the end.
  private static func unquoted(_ text: Substring) -> String {
    var end = text.startIndex
    var previous: Character = " "
    while end < text.endIndex {
      if text[end] == "#", previous.isWhitespace { break }
      previous = text[end]
      end = text.index(after: end)
    }
    return String(trimmed(text[..<end]))
  }

  private static func quoted(_ text: Substring, by quote: Character) throws(LineError) -> String {
    var value = ""
    var rest = text
    while let character = rest.popFirst() {
      if character == quote {
        let after = rest.drop { $0.isWhitespace }
        guard after.isEmpty || after.first == "#" else { throw LineError(reason: "text after the closing quote") }
        return value
      }
      if character == "\\", quote == "\"", let escaped = rest.popFirst() {
        switch escaped {
        case "n": value += "\n"
        case "r": value += "\r"
        case "t": value += "\t"
        case "\"", "\\", "$": value.append(escaped)
        default: value += ["\\", escaped]
        }
      } else {
        value.append(character)
      }
    }
    throw LineError(reason: "the closing \(quote) is missing")
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
