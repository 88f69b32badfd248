import ChatModel

/// Slash commands, the help.
extension AppState {
  /// Does what was typed after a slash, or says why not.
  mutating func run(_ parsed: SlashCommand.Parsed, at now: Duration) -> [Effect] {
    switch parsed {
    case .mistake(let why):
      // It stays in the input, to be corrected.
      hint = Hint(text: why)
      return []
    case .command(let name, let argument): return run(name, argument: argument, at: now)
    }
  }

  /// Says why a command has nothing to do now. What is typed next is not to be added to it; Up brings it back.
  private mutating func refuse(_ why: String) -> [Effect] {
    clearInput(remembering: input.text)
    hint = Hint(text: why)
    return []
  }

  private func isOnItsWay(_ more: String = "") -> String {
    "An answer is on its way" + keys.aside(.escape, "stops it\(more)")
  }

  private mutating func run(_ name: SlashCommand.Name, argument: String, at now: Duration) -> [Effect] {
    if comparison != nil, name.changesTalk {
      // One answer is the talk's before anything is done with it.
      if isAnswering { return refuse("Answers are on their way" + keys.aside(.escape, "stops them")) }
      return keepAnswer(at: now) { $0.run(name, argument: argument, at: now) }
    }
    if name == .retry {
      if turn != nil { return refuse(isOnItsWay(", then /retry asks again")) }
      if !hasQuestion { return refuse("There is no question yet to ask again") }
    }
    if name == .edit || name == .undo {
      if turn != nil { return refuse("An answer is on its way; Esc stops it") }
      if !hasQuestion { return refuse("There is no message to take back yet") }
    }
    if name == .carryOn {
      if turn != nil { return refuse(isOnItsWay()) }
      if !transcript.isLastAnswerUnfinished { return refuse("Nothing to continue: no answer broke off") }
    }
    if name == .compact {
      if turn != nil { return refuse(isOnItsWay()) }
      if !hasQuestion { return refuse("There is nothing to compact yet") }
    }
    clearInput(remembering: input.text)
    switch name {
    case .prompt: return openPrompts(named: argument)
    case .model: return openModels(named: argument)
    case .provider: return openProviders(named: argument)
    case .retry: return retry(with: argument.isEmpty ? nil : argument, at: now)
    case .compare: arm(argument)
    case .edit: editQuestion(argument)
    case .branch: return toggleBranches()
    case .undo: return undoTurn()
    case .system: return setSystem(argument)
    case .set: return set(argument)
    case .export: return export(argument, overwrites: false)
    case .exportOver: return export(argument, overwrites: true)
    case .carryOn: return carryOn(at: now)
    case .compact: return compact(at: now)
    case .attach: return attach(argument)
    case .history: return toggleChats(filter: argument)
    case .title: return rename(argument)
    case .makePrivate: return togglePrivate(at: now)
    case .clear: return clear(at: now)
    case .reasoning: changePages { $0.toggleReasoning() }
    case .raw: changePages { $0.toggleRaw() }
    case .wrap: toggleWrap()
    case .theme: openThemes(named: argument)
    case .find: openFind(argument)
    case .select: toggleSelection()
    case .copy: return copy(argument)
    case .save: return saveAnswer(to: argument, overwrites: false)
    case .saveOver: return saveAnswer(to: argument, overwrites: true)
    case .mouse: return toggleMouse()
    case .help: toggleHelp()
    case .queue: openMenu(.queue)
    case .keys: openMenu(.keys, filter: argument)
    case .exit: return quit(at: now)
    }
    return []
  }

  private mutating func clear(at now: Duration) -> [Effect] {
    let isKept = keepsHistory && !isPrivate
    let hadQuestion = hasQuestion
    let effects = beginNewTalk(at: now)
    let wayBack = isKept || !hadQuestion ? "" : "; /branch has this one still, for as long as the program runs"
    transcript.add { .notice(id: $0, text: "The next message begins a new chat" + wayBack) }
    return effects
  }

  /// Ends the talk on the screen and in the session.
  mutating func beginNewTalk(at now: Duration) -> [Effect] {
    let effects = leaveTurn(at: now) + leaveQueue()
    forgetTalk()
    return effects + [.clear]
  }

  /// Takes the talk off the screen.
  mutating func forgetTalk() {
    transcript.removeAll()
    hasQuestion = false
    alternatives = 0
    leaveEdit()
    title = nil
    spent = nil
    keptAnswer = nil
    chats.current = nil
    chats.awaited = nil
    status = StatusSample(state: idleState)
  }

  private mutating func toggleWrap() {
    changePages { $0.toggleWrap() }
    if !transcript.options.wrapsCode {
      let key = keys.phrase(.moveSideways(.right), "moves")
      hint = Hint(
        text: "Long lines of code run on" + (key.map { "; \($0) it" } ?? ""),
        shorter: key.map { ["\($0) the code"] } ?? [])
    }
  }

  /// Opens the help, or closes it.
  mutating func toggleHelp() {
    if case .help = overlay { overlay = nil } else { overlay = .help(HelpPage(keys)) }
  }

  /// Changes the help where it is open.
  mutating func changeHelp(_ change: (inout HelpPage) -> Void) {
    guard case .help(var page) = overlay else { return }
    change(&page)
    overlay = .help(page)
  }
}
