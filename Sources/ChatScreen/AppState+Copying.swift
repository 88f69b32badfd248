import TerminalModel

/// Copying and saving parts of the talk.
extension AppState {
  /// What `/copy` is asked for: nothing, `text`, `code`, `code 2`.
  mutating func copy(_ argument: String) -> [Effect] {
    let words = argument.split(separator: " ")
    guard let answer = lastAnswer else {
      hint = Hint(text: "There is no answer yet to copy")
      return []
    }
    switch (words.first, words.count) {
    case (nil, _): return copy(changePage { $0.text(of: answer) }, .source)
    case ("text", 1): return copy(changePage { $0.text(of: answer) }, .plain)
    case ("code", 1): return copyCode(nil, of: answer)
    case ("code", 2):
      if let number = Int(words[1]), number > 0 { return copyCode(number, of: answer) }
    default: break
    }
    hint = Hint(text: "/copy knows: /copy, /copy text, /copy code, /copy code 2")
    return []
  }

  /// The last answer that has any text; of several side by side the focused one.
  private var lastAnswer: Selected? {
    page.items.last { $0.kind == .answer && !$0.text.isEmpty }.map { Selected(item: $0.id) }
  }

  /// Copies a block of code of an answer, counted from 1; without a number the last.
  private mutating func copyCode(_ number: Int?, of answer: Selected) -> [Effect] {
    var blocks: [Selected] = []
    var here = answer
    while let next = changePage({ $0.inner(after: here) }) {
      if next.part != nil { blocks.append(next) }
      here = next
    }
    guard !blocks.isEmpty else {
      hint = Hint(text: "There is no code in the last answer")
      return []
    }
    let index = (number ?? blocks.count) - 1
    guard index < blocks.count else {
      hint = Hint(text: "The last answer has \(SelectedText.count(blocks.count, "block")) of code")
      return []
    }
    return copy(changePage { $0.text(of: blocks[index]) }, .source)
  }

  /// Copies a text, made safe: what is pasted somewhere is what was seen.
  mutating func copy(_ chosen: SelectedText?, _ form: Action.CopyForm) -> [Effect] {
    var sanitiser = Sanitiser()
    guard let chosen, case let text = sanitiser.consume(chosen.text(form)) + sanitiser.finish(), !text.isEmpty else {
      hint = Hint(text: "There is nothing in it to copy yet")
      return []
    }
    copying.append(CopyAccount(what: chosen.account(of: text, form), replaced: sanitiser.replaced))
    return [.copy(text)]
  }

  /// Says what became of a copied text, and how to get it where nobody knows whether it arrived.
  mutating func copied(_ outcome: CopyOutcome) -> [Effect] {
    let account = copying.isEmpty ? CopyAccount() : copying.removeFirst()
    let key = selection == nil ? nil : keys.label(of: .nameFile, in: .selection)
    hint = Hint(
      text: account.words(for: outcome, savingKey: key), shorter: account.fewerWords(for: outcome, savingKey: key))
    return []
  }
}

/// Files.
extension AppState {
  /// What `/save` and `/save!` are asked for: the last answer as Markdown.
  mutating func saveAnswer(to path: String, overwrites: Bool) -> [Effect] {
    guard let answer = lastAnswer else {
      hint = Hint(text: "There is no answer yet to save")
      return []
    }
    return save(changePage { $0.text(of: answer) }, to: path, overwrites: overwrites)
  }

  /// Writes a text, as it came, to a file; its last line is ended.
  mutating func save(_ chosen: SelectedText?, to path: String, overwrites: Bool) -> [Effect] {
    guard !path.isEmpty else {
      hint = Hint(text: "Name a file: a path, ~ is your home")
      return []
    }
    guard let chosen, case let text = chosen.text(.source), !text.isEmpty else {
      hint = Hint(text: "There is nothing in it to save yet")
      return []
    }
    saving.append(SavingAccount(what: chosen.account(of: text, .source)))
    return [.save(path: path, text: text + "\n", overwrites: overwrites)]
  }

  /// Says what became of a file; the place where its name is typed stays open until it is written.
  mutating func saved(_ outcome: SaveOutcome) -> [Effect] {
    let account = saving.isEmpty ? SavingAccount(what: "it") : saving.removeFirst()
    let what = account.what
    switch outcome {
    case .written(let path):
      selection?.fileName = nil
      hint = Hint(text: "Saved \(what) to \(path)", shorter: ["Saved to \(path)"], path: path)
    case .exists(let path, let free): hint = existing(path, free: free, account)
    case .failed(let path, let reason):
      hint = Hint(text: "Not saved: \(path): \(reason)", shorter: ["Not saved: \(reason)"])
    }
    return []
  }

  /// A file is there already: how to overwrite it, and a name that is free. Where whole paths find no room, their last
  /// parts tell enough.
  private func existing(_ path: String, free: String?, _ account: SavingAccount) -> Hint {
    let isTyped = selection?.fileName != nil
    func words(_ path: String, _ over: String, _ other: String?) -> String {
      "\(path) exists: \(over) overwrites it" + (other.map { "; \($0) is free" } ?? "")
    }
    func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
    let whole = words(
      path, isTyped ? "!\(path)" : "\(account.overwriting) \(path)",
      free.map { isTyped ? $0 : "\(account.typed) \($0)" })
    let over = isTyped ? "! before it" : account.overwriting
    let brief = words(name(path), over, free.map(name))
    let briefest = "\(over) overwrites \(name(path))"
    return Hint(text: whole, shorter: [brief, briefest + ", which exists", briefest], path: name(path))
  }
}
