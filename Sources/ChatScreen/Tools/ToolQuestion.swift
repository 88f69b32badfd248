/// A tool that the model has called, and that runs only on the user's word.
public struct ToolQuestion: Equatable, Sendable {
  /// What the user says.
  public enum Decision: Equatable, Sendable {
    case once
    /// From now on, as long as the program runs, for exactly this command line.
    case always
    case never
  }

  public var id: Int
  public var name: String
  /// The program and its arguments, which go to no shell.
  public var command: [String]
  /// What it gets on its standard input, as the model wrote it.
  public var arguments: String

  public init(id: Int, name: String, command: [String], arguments: String) {
    self.id = id
    self.name = name
    self.command = command
    self.arguments = arguments
  }

  /// The command line as one would type it, and what it reads. Where that is long the command stands last: it must be in
  /// sight when the question is answered.
  var line: String {
    let line = "$ " + command.map(Self.quoted).joined(separator: " ")
    if arguments.isEmpty { return line }
    return arguments.utf8.count <= Self.shortArguments ? "\(line)  ← \(arguments)" : "\(arguments)\n→ \(line)"
  }

  /// Bytes that stand behind the command line.
  private static let shortArguments = 200

  private static func quoted(_ word: String) -> String {
    let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@%+,".contains($0)) }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}

/// A question about a tool that stands on the screen.
struct AskedTool: Equatable, Sendable {
  var question: ToolQuestion
  /// From when on a key answers it: until then somebody may still be typing.
  var isArmedFrom: Duration
}
