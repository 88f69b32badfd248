import ChatModel

/// System prompts: their menu, and switching them.
extension AppState {
  var promptEntries: [MenuEntry] {
    prompts.map { prompt in
      MenuEntry(
        id: prompt.name, title: prompt.name, detail: detail(of: prompt), preview: prompt.text,
        isCurrent: prompt == systemPrompt)
    }
  }

  /// What it is for, what it asks for beside, and whether chats begin with it.
  private func detail(of prompt: SystemPrompt) -> String {
    let wishes = prompt.wishes
    let temperature = wishes.temperature.map { "temperature \($0)" }
    return [
      prompt.name == standardPrompt ? "default" : nil, prompt.summary, wishes.provider, wishes.model, temperature,
    ]
    .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// Switches to the prompt of that name, or the only one that matches it; else opens the menu with what was typed.
  mutating func openPrompts(named name: String) -> [Effect] {
    if !name.isEmpty {
      let wanted = name.lowercased()
      if let prompt = prompts.first(where: { $0.name.lowercased() == wanted }) { return setPrompt(prompt) }
      let matching = prompts.filter { MenuFilter.rank(title: $0.name, detail: "", filter: name) != nil }
      if matching.count == 1 { return setPrompt(matching[0]) }
    }
    return openPromptMenu(filter: name)
  }

  /// Opens the menu; files may have come, changed or gone since the last time.
  mutating func openPromptMenu(filter: String = "") -> [Effect] {
    openMenu(.prompts, filter: filter)
    return [.prompts(.list)]
  }

  /// Switches to the prompt of that place in the menu.
  mutating func choosePrompt(_ index: Int) -> [Effect] {
    prompts.indices.contains(index) ? setPrompt(prompts[index]) : []
  }

  /// Has a system prompt count from the next question on.
  mutating func setPrompt(_ prompt: SystemPrompt) -> [Effect] {
    if prompt == systemPrompt {
      hint = Hint(text: "The system prompt is \(prompt.name) already")
      // From now on it is one that was chosen, which some services are told otherwise than a default.
      return [.setSystemPrompt(prompt)]
    }
    systemPrompt = prompt
    sayPromptChanged(to: prompt)
    return [.setSystemPrompt(prompt)] + followWishes(of: prompt)
  }

  /// A line in the transcript: which prompt counts from here on.
  mutating func sayPromptChanged(to prompt: SystemPrompt) {
    transcript.add { .promptChanged(id: $0, to: prompt) }
  }
}
