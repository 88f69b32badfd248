import ChatModel
import Glibc

/// Puts a prompt together from the words of the command line and what is piped in.
enum PromptInput {
  /// The prompts of a run: one, or with `--each` every word with what is piped in, or every line of that which is not blank.
  static func prompts(_ options: Options, from descriptor: Int32) throws(CommandFailure) -> [String] {
    guard options.isEach else { return [try read(words: options.words, from: descriptor)] }
    if options.words.contains(where: { $0.allSatisfy(\.isWhitespace) }) { throw .usage("one of the prompts is empty") }
    let text = isatty(descriptor) == 0 ? try piped(descriptor) : ""
    if !options.words.isEmpty {
      return text.allSatisfy(\.isWhitespace) ? options.words : options.words.map { $0 + "\n\n" + text }
    }
    let lines = text.split { $0 == "\n" || $0 == "\r\n" }.filter { !$0.allSatisfy(\.isWhitespace) }
    if lines.isEmpty { throw .usage("ask --each wants questions: as arguments, or one a line on stdin") }
    return lines.map(String.init)
  }

  /// The words joined by blanks; piped text is appended as a paragraph of its own, or is the prompt. A terminal is not
  /// read. An empty prompt is a usage failure.
  static func read(words: [String], from descriptor: Int32) throws(CommandFailure) -> String {
    var parts = [words.joined(separator: " ")]
    if isatty(descriptor) == 0 { parts.append(try piped(descriptor)) }
    parts.removeAll { $0.allSatisfy(\.isWhitespace) }
    if parts.isEmpty { throw .usage("ask wants a question: aichat-tui ask \"…\", or text on stdin") }
    return parts.joined(separator: "\n\n")
  }

  /// The files that go along. One that is not there, or cannot be read, is a usage failure; what cannot be sent is one of data.
  static func attachments(_ paths: [String], home: String?) throws(CommandFailure) -> [Attachment] {
    var attachments: [Attachment] = []
    for path in paths {
      switch AttachedFile(home: home).read(path, isNamed: true) {
      case .read(let attachment): attachments.append(attachment)
      case .missing(let path): throw .usage("--attach \(path): there is no such file")
      case .refused(let path, let reason):
        throw CommandFailure(code: .refusedRequest, message: "--attach \(path): \(reason)")
      }
    }
    return attachments
  }

  /// What is piped in, without the line ends at its end; bytes that are no UTF-8 are repaired.
  private static func piped(_ descriptor: Int32) throws(CommandFailure) -> String {
    do {
      var text = String(decoding: try FileContent.readAll(descriptor, limit: 64 << 20), as: UTF8.self)[...]
      while text.last?.isNewline == true { text.removeLast() }
      return String(text)
    } catch {
      // Started without a stdin at all.
      if error.code == EBADF { return "" }
      throw .usage("stdin: \(error.reason)")
    }
  }
}
