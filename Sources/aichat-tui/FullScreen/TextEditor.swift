import ChatScreen
import CursesTerminal
import Glibc

/// The user's editor, on the terminal.
@TerminalActor final class TextEditor {
  private let program: ForegroundProgram
  private let choice: ChosenEditor
  /// The file that is being edited, so that nothing stays behind when we are ended meanwhile.
  private var scratch: ScratchFile?

  init(terminal: CursesTerminal, choice: ChosenEditor) {
    program = ForegroundProgram(terminal: terminal)
    self.choice = choice
  }

  /// Has a text edited in a file that only its user can read, and that is gone afterwards.
  func edit(_ text: String) async -> EditOutcome {
    let file: ScratchFile
    switch ScratchFile.make(named: "message.md", in: choice.folder, holding: text + "\n") {
    case .success(let made): file = made
    case .failure(let error): return .failed("No file for the editor: \(error.reason)")
    }
    scratch = file
    defer {
      file.remove()
      scratch = nil
    }
    if let reason = await open(file.path) { return .failed(reason) }
    let content: FileContent
    do { content = try FileContent.read(file.path) } catch { return .failed("What was edited: \(error.reason)") }
    let edited = String(decoding: content.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    return .text(edited.hasSuffix("\n") ? String(edited.dropLast()) : edited)
  }

  /// Opens a file in the editor and waits until it ends; says why it failed, in a sentence, nil when it ended well.
  func open(_ path: String) async -> String? {
    let reason = await program.run(choice.arguments(opening: path), environment: choice.environment)
    return reason.map { "\(choice.name) \($0 == "ended with exit code 127" ? "was not found: set EDITOR" : $0)" }
  }

  /// The program ends: so does the editor, and its file goes.
  func stop() {
    program.stop()
    scratch?.remove()
  }
}

/// Which editor, and with what around it.
struct ChosenEditor: Equatable, Sendable {
  /// For the shell: `$VISUAL` or `$EDITOR` may have arguments.
  var line = "vi"
  /// What it finds in its environment: no keys.
  var environment: [String: String] = [:]
  /// Where its files may lie.
  var folder = memory ?? "/tmp"

  /// In memory where there is such a place: nothing of a private chat is to be on a disk, not even if we are killed.
  private static let memory = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : nil

  init() {}

  /// The user's choice by `environment`, which it gets too.
  init(environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    line = value("VISUAL") ?? value("EDITOR") ?? line
    self.environment = environment
    folder = value("XDG_RUNTIME_DIR") ?? Self.memory ?? value("TMPDIR") ?? folder
  }

  /// What messages call it: the program without its arguments and folder.
  var name: String {
    let word = line.split(separator: " ").first ?? "the editor"
    return word.split(separator: "/").last.map(String.init) ?? String(word)
  }

  /// The command line that opens a file.
  func arguments(opening path: String) -> [String] { ["/bin/sh", "-c", line + " \"$@\"", "sh", path] }
}
