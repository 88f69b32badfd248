import ChatModel
import TerminalModel

/// Files that go along with a message, and pastes that are folded.
extension AppState {
  /// Inserts a paste. Nothing of it is taken for a path or a command.
  mutating func pasteIntoInput(_ text: String) -> [Effect] {
    // A path is typed to its end where a blank follows.
    let effects = text.first?.isWhitespace == true ? attachMention() : []
    let wasCommand = input.isTypedCommand
    forgetQuestion()
    if input.pasteFolding(text) {
      let key = keys.label(of: .complete).map { "; \($0) behind it unfolds it" } ?? ""
      hint = Hint(text: "Folded, and sent in full\(key)", shorter: ["Folded, sent in full"])
    } else if wasCommand {
      hint = Hint(text: "What is pasted is not run: this goes to the model", shorter: ["Pasted: not run"])
    }
    return effects
  }

  /// Completes the command, the path or the model that is being typed, else unfolds what the cursor is at, else goes to the next of
  /// several answers.
  mutating func complete() -> [Effect] {
    if let chosen = commandList.chosen {
      complete(chosen)
      return []
    }
    if input.isInMention, let path = input.mention?.mention.path { return [.completePath(path)] }
    if let effects = completeModelName() { return effects }
    if !input.unfold() { comparison?.move(by: 1) }
    return []
  }

  /// Takes in the files whose paths begin as the one that is being typed.
  mutating func completions(of path: String, _ found: [String]) -> [Effect] {
    guard input.isInMention, input.mention?.mention.path == path else { return [] }
    guard let first = found.first, let common = found.commonBeginning else {
      hint = Hint(text: "No file begins with \(path)", path: path)
      return []
    }
    if common != path { input.completeMention(to: common) }
    if found.count > 1 {
      let names = found.map { $0.dropLast($0.hasSuffix("/") ? 1 : 0).split(separator: "/").last.map(String.init) ?? $0 }
      let ends = zip(names, found).map { $1.hasSuffix("/") ? $0 + "/" : $0 }
      hint = Hint(text: ends.joined(separator: "  "))
    } else if !first.hasSuffix("/") {
      let effects = attachMention()
      input.insert(" ")
      return effects
    }
    return []
  }

  /// Asks for the file whose path was typed, once the cursor is elsewhere.
  mutating func leaveMention() -> [Effect] {
    input.mentionStart == nil || input.isInMention ? [] : attachMention()
  }

  /// Asks for the file whose path was typed, if one was.
  mutating func attachMention() -> [Effect] {
    guard let path = input.endMention(ticket: tickets + 1) else { return [] }
    tickets += 1
    return [.attach(ticket: tickets, path: path)]
  }

  /// Asks for the file of a command.
  mutating func attach(_ path: String) -> [Effect] {
    if path.isEmpty {
      hint = Hint(text: "Which file? /attach FILE, or @FILE in a message")
      return []
    }
    tickets += 1
    let mention = Mention.text(for: path)
    input.insert(Inset(label: mention, text: mention, ticket: tickets, isFoldable: false))
    return [.attach(ticket: tickets, path: path)]
  }

  /// Takes in a file, or why there is none; what was typed is text again then.
  mutating func attached(_ ticket: Int, _ outcome: AttachOutcome, at now: Duration) -> [Effect] {
    guard let character = input.content.insets.character(awaiting: ticket) else { return goOn(at: now) }
    let typed = input.content.insets[character]?.text ?? ""
    switch outcome {
    case .read(let file): input.settle(character, as: .file(file, mention: Mention.text(for: file.name)))
    case .missing(let path):
      // A stop or a comma may end a sentence, and not the path.
      let shorter = Self.withoutPunctuation(path)
      if shorter != path, typed == Mention.text(for: path) {
        tickets += 1
        let mention = Mention.text(for: shorter)
        let rest = String(typed.dropFirst(mention.count))
        input.settle(character, as: Inset(label: mention, text: mention, ticket: tickets, isFoldable: false))
        input.insert(rest, behind: character)
        return [.attach(ticket: tickets, path: shorter)]
      }
      return refuse(character, typed, "There is no file \(path); it stays text", path, at: now)
    case .refused(let path, let reason): return refuse(character, typed, "\(path) \(reason)", path, at: now)
    }
    return goOn(at: now)
  }

  /// What was to be sent is to be looked at again.
  private mutating func refuse(
    _ character: Character, _ typed: String, _ why: String, _ path: String, at now: Duration
  ) -> [Effect] {
    input.replaceInset(character, with: typed)
    let effects = waitsForFile ? releaseHeld(at: now) : []
    hint = Hint(text: why, path: path)
    return effects
  }

  private static func withoutPunctuation(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, let last = path.last, ".,;:!?)".contains(last) { path.removeLast() }
    return String(path)
  }
}

/// An Enter that waits for a file, and what is typed after it.
extension AppState {
  /// Keeps what comes after such an Enter for the time when it is done; Escape and Ctrl-C end the wait. While the editor has
  /// the terminal, keeps all. Nil where nothing is waited for.
  mutating func hold(_ input: TerminalInput, at now: Duration) -> [Effect]? {
    guard heldInputs != nil else { return nil }
    let ends: [Key] = [Key(.escape), Key(.character("c"), .control)]
    if waitsForFile, case .key(let key) = input, ends.contains(key) { return releaseHeld(at: now) }
    heldInputs?.append(input)
    return []
  }

  /// Takes in what was held.
  mutating func releaseHeld(at now: Duration) -> [Effect] {
    let held = heldInputs ?? []
    heldInputs = nil
    waitsForFile = false
    return held.flatMap { take($0, at: now) }
  }

  /// What is to be done before what was typed can be sent; nil when nothing is.
  mutating func awaitFiles() -> [Effect]? {
    let effects = attachMention()
    guard input.isAwaiting else { return nil }
    waitsForFile = true
    heldInputs = []
    return effects
  }

  /// Sends what waited, once all its files are there, and then takes in what was typed meanwhile.
  private mutating func goOn(at now: Duration) -> [Effect] {
    guard waitsForFile, !input.isAwaiting else { return [] }
    let held = heldInputs ?? []
    heldInputs = nil
    waitsForFile = false
    let effects = enter(at: now)
    heldInputs = held
    return effects + releaseHeld(at: now)
  }
}
