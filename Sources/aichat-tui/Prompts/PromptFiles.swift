import ChatModel
import ChatScreen
import Glibc

/// Writes the user's system prompts: files that nobody else can read, each replaced as a whole.
struct PromptFiles: Sendable {
  /// Has a text changed in the user's editor.
  typealias Edit = @Sendable (String) async -> EditOutcome

  let places: PromptPlaces

  /// Does what is asked; the list as it is then, and what came of it.
  func perform(_ request: PromptRequest, edit: Edit) async -> AppEvent {
    if request == .list { return .prompts(await list()) }
    var change: PromptChange
    do throws(Refusal) {
      guard let directory = places.directory else {
        throw Refusal(reason: "there is no place for prompts: neither HOME nor XDG_CONFIG_HOME is set")
      }
      change = try await Self.perform(request, in: directory, library: places.read(), edit: edit)
    } catch { change = .refused(error.reason) }
    return .prompts(await list(), because: change)
  }

  private func list() async -> PromptList {
    await Blocking.call { [places] in PromptList(places.read()) }
  }

  /// Why nothing is changed.
  private struct Refusal: Error { var reason: String }

  private static func perform(
    _ request: PromptRequest, in directory: String, library: PromptLibrary, edit: Edit
  ) async throws(Refusal) -> PromptChange {
    switch request {
    case .list: throw Refusal(reason: "")
    case .create:
      return try await write(PromptDocument.blank, of: nil, in: directory, library, edit)
    case .edit(let prompt):
      var text = PromptDocument.text(of: prompt)
      // With the user's own comments, and whatever is wrong in it.
      if case .file(let path) = prompt.source { text = try content(path) }
      return try await write(text, of: prompt, in: directory, library, edit)
    case .duplicate(let prompt):
      var copy = prompt
      copy.name = library.freeName(like: prompt.name)
      try write(PromptDocument.text(of: copy), to: freePath(for: copy.name, in: directory))
      return .written(copy.name)
    case .delete(let prompt):
      guard case .file(let path) = prompt.source else { throw Refusal(reason: "\(prompt.name) is no file of yours") }
      let text = try content(path)
      guard unlink(path) == 0 else { throw failure(path) }
      return .deleted(DeletedPrompt(name: prompt.name, path: path, text: text))
    case .restore(let deleted):
      guard access(deleted.path, F_OK) != 0 else { throw Refusal(reason: "\(deleted.path) is there again") }
      try write(deleted.text, to: deleted.path)
      return .restored(deleted.name)
    case .makeDefault(let prompt):
      let path = directory + "/" + PromptLibrary.standardFile
      guard let prompt else {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
        return .madeDefault(nil)
      }
      try write(prompt.name + "\n", to: path)
      return .madeDefault(prompt.name)
    }
  }

  /// Has a text edited, and writes it where it belongs.
  private static func write(
    _ text: String, of prompt: SystemPrompt?, in directory: String, _ library: PromptLibrary, _ edit: Edit
  ) async throws(Refusal) -> PromptChange {
    let edited: String
    switch await edit(text) {
    case .text(let new): edited = new.hasSuffix("\n") || new.isEmpty ? new : new + "\n"
    case .failed(let reason): throw Refusal(reason: reason)
    }
    if trimmed(edited) == trimmed(text) { throw Refusal(reason: "Nothing was changed") }
    let own: String? = if case .file(let path)? = prompt?.source { path } else { nil }
    let stem = own.flatMap { $0.split(separator: "/").last?.dropLast(3) }.map(String.init) ?? "prompt"
    let (read, problem) = PromptDocument.read(edited, name: stem, path: stem + ".md")
    guard let read else { throw Refusal(reason: "Not written: \(problem ?? "there is no text in it")") }
    let taken = library.prompts.first { $0.prompt.name.lowercased() == read.name.lowercased() }?.prompt
    if let path = taken?.source.path, taken?.source.isFile == true, path != own {
      throw Refusal(reason: "Not written: another prompt is called \(read.name), \(path)")
    }
    try write(edited, to: own ?? freePath(for: read.name, in: directory))
    return .written(read.name, replacing: prompt?.name, problem: problem)
  }

  private static func trimmed(_ text: String) -> Substring {
    var text = text[...]
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }

  // MARK: Files

  private static func content(_ path: String) throws(Refusal) -> String {
    do {
      return String(decoding: try FileContent.read(path, limit: 1 << 20, isNamed: false).bytes, as: UTF8.self)
    } catch { throw Refusal(reason: "\(path): \(error.reason)") }
  }

  /// A path for a prompt of that name at which there is nothing.
  private static func freePath(for name: String, in directory: String) -> String {
    let stem = directory + "/" + PromptDocument.fileName(for: name)
    let candidates = [stem + ".md"] + (2...999).map { "\(stem)-\($0).md" }
    return candidates.first { access($0, F_OK) != 0 } ?? "\(stem)-\(getpid()).md"
  }

  /// Writes a file (0600) as a whole: whoever looks finds the old or the new one. Folders that are missing are made (0700).
  private static func write(_ text: String, to path: String) throws(Refusal) {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    try makeFolder(folder)
    let draft = "\(folder)/.prompt-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path) }
    var error = FileWriter.writeAll(text, to: file)
    if error == 0, fsync(file) != 0 { error = errno }
    if close(file) != 0, error == 0 { error = errno }
    if error == 0, rename(draft, path) != 0 { error = errno }
    guard error != 0 else { return }
    unlink(draft)
    errno = error
    throw failure(path)
  }

  private static func makeFolder(_ path: String) throws(Refusal) {
    if path.isEmpty || access(path, F_OK) == 0 { return }
    try makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
  }

  private static func failure(_ path: String) -> Refusal {
    Refusal(reason: "\(path): \(String(cString: strerror(errno)))")
  }
}
