import ChatModel

/// Writing, copying and deleting system prompts from their menu.
extension AppState {
  /// Does something with the prompt that is selected.
  mutating func changePrompt(_ change: Action.EntryChange) -> [Effect] {
    guard case .menu(let menu) = overlay, menu.kind == .prompts else { return [] }
    switch change {
    case .create: return [.prompts(.create)]
    case .restore:
      guard let deleted = deletedPrompt else {
        hint = Hint(text: "Nothing was deleted")
        return []
      }
      return [.prompts(.restore(deleted))]
    case .edit, .duplicate, .delete, .makeDefault, .pin: break
    }
    guard let index = menu.chosen, prompts.indices.contains(index) else { return [] }
    let prompt = prompts[index]
    switch change {
    case .edit: return [.prompts(.edit(prompt))]
    case .duplicate: return [.prompts(.duplicate(prompt))]
    case .makeDefault: return [.prompts(.makeDefault(prompt.name == standardPrompt ? nil : prompt))]
    case .delete:
      if prompt.source.isFile { return [.prompts(.delete(prompt))] }
      hint = Hint(text: "\(prompt.name) came with the program, or from a folder of patterns: it stays")
    case .pin, .create, .restore: break
    }
    return []
  }

  /// Takes over the list as it is now, in the open menu too, and says what came of a request.
  mutating func take(_ list: PromptList, _ change: PromptChange?) -> [Effect] {
    prompts = list.prompts
    standardPrompt = list.standard
    for problem in list.problems where !promptProblems.contains(problem) {
      transcript.add { .notice(id: $0, text: problem) }
    }
    promptProblems = list.problems
    refreshMenu(.prompts)
    switch change {
    case nil: break
    case .written(let name, let replaced, let problem):
      changeMenu { if $0.kind == .prompts { $0.select(id: name) } }
      hint = Hint(text: problem ?? "Written: \(name)")
      // The chat goes on with it as it is now.
      guard let replaced, replaced == systemPrompt.name else { break }
      if let prompt = prompts.first(where: { $0.name == name }), prompt != systemPrompt { return setPrompt(prompt) }
    case .deleted(let deleted):
      deletedPrompt = deleted
      hint = Hint(text: "Deleted: \(deleted.name)" + keys.aside(.entry(.restore), "brings it back"))
    case .restored(let name):
      deletedPrompt = nil
      changeMenu { if $0.kind == .prompts { $0.select(id: name) } }
      hint = Hint(text: "\(name) is back")
    case .madeDefault(let name):
      hint = Hint(text: name.map { "Chats begin with \($0) from now on" } ?? "No default of your own any more")
    case .refused(let why): hint = Hint(text: why)
    }
    return []
  }
}
