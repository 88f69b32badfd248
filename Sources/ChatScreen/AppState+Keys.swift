import ChatModel
import TerminalModel

/// Keys, pastes and the wheel: what they mean where they are typed.
extension AppState {
  static let quitWindow = Duration.seconds(2)

  /// Takes in what the person at the terminal did.
  mutating func take(_ input: TerminalInput, at now: Duration) -> [Effect] {
    if let effects = hold(input, at: now) { return effects }
    switch input {
    case .key(let key):
      let effects = take(key, at: now)
      return effects + leaveMention()
    case .paste(let text): return paste(text)
    case .wheel(let lines, let place): return wheel(lines, at: place)
    case .click(let place): return click(place, at: now)
    case .focus(let isFocused): return focus(isFocused)
    }
  }

  private mutating func take(_ key: Key, at now: Duration) -> [Effect] {
    let sequence = begunKeys + [key]
    let meaning = keys.meaning(of: sequence, in: focus)
    begunKeys = []
    hint = nil
    if toolQuestion != nil, let effects = answerTool(with: key, meaning: meaning, at: now) { return effects }
    if meaning != .action(.interrupt) { quitArmedUntil = nil }
    if meaning != .action(.escape) { editArmedUntil = nil }
    if meaning != .action(.send) { keepArmedUntil = nil }
    if meaning != .action(.send), meaning != .action(.escape) { forgetQuestion() }
    switch meaning {
    case .action(let action): return perform(action, at: now)
    case .beginning:
      begunKeys = sequence
      hint = Hint(text: KeySequence(sequence).label + " …")
    case nil where sequence.count > 1:
      if key != Key(.escape) { hint = Hint(text: "\(KeySequence(sequence).label) does nothing") }
    case nil:
      if case .character(let character) = key.code, key.modifiers.subtracting(.shift).isEmpty { return type(character) }
    }
    return []
  }

  private mutating func type(_ character: Character) -> [Effect] {
    switch overlay {
    case nil: typeIntoLine(character)
    case .menu: return typeIntoMenu { $0.type(character) }
    case .help:
      overlay = nil
      typeIntoLine(character)
    }
    return []
  }

  private mutating func typeIntoLine(_ character: Character) {
    commandList.typed()
    if find != nil {
      changeFind { $0.insert(character) }
    } else if selection == nil, recall != nil {
      changeRecall { $0.insert(character) }
    } else if selection?.fileName != nil {
      selection?.fileName?.insert(character)
    } else if selection != nil {
      hint = keys.phrase(.escape, "leaves the selection, to type").map { Hint(text: $0) }
    } else {
      input.insert(character)
    }
  }

  private mutating func paste(_ text: String) -> [Effect] {
    hint = nil
    begunKeys = []
    quitArmedUntil = nil
    if case .menu = overlay {
      return typeIntoMenu { $0.paste(text) }
    } else if overlay == nil, find != nil {
      changeFind { $0.paste(String(text.map { $0.isNewline ? " " : $0 })) }
    } else if overlay == nil, selection == nil, recall != nil {
      changeRecall { $0.paste(String(text.map { $0.isNewline ? " " : $0 })) }
    } else if overlay == nil, selection?.fileName != nil {
      selection?.fileName?.paste(String(text.filter { !$0.isNewline }))
    } else {
      overlay = nil
      closeSelection()
      return pasteIntoInput(text)
    }
    return []
  }

  private mutating func wheel(_ lines: Int, at place: Position?) -> [Effect] {
    switch overlay {
    case nil where comparison != nil:
      let pointed = place.flatMap { comparison?.index(at: $0) }
      comparison?.changePage(pointed) { $0.scroll(by: lines) }
    case nil: transcript.scroll(by: lines)
    case .menu: changeMenu { $0.move(lines < 0 ? .up : .down) }
    case .help: changeHelp { $0.move(lines < 0 ? .up : .down) }
    }
    return []
  }

  private mutating func perform(_ action: Action, at now: Duration) -> [Effect] {
    switch action {
    case .send: return enter(at: now)
    case .editor(let command):
      if case .menu = overlay { return typeIntoMenu { $0.edit(command) } }
      // A path is typed to its end where something else is put behind it.
      let effects = command == .newline || command == .yank ? attachMention() : []
      edit(command)
      return effects
    case .complete: return complete()
    case .escape: return escape(at: now)
    case .interrupt: return interrupt(at: now)
    case .deleteOrQuit:
      if input.isEmpty { return quit(at: now) }
      input.perform(.deleteForward)
    case .endOrFollow:
      if input.isEmpty { changePage { $0.follow() } } else { input.perform(.lineEnd) }
    case .scroll(let scroll): changePage { $0.move(scroll) }
    case .previousAnswer: comparison?.move(by: -1)
    case .openMenu(let kind): return toggleMenu(kind)
    case .openHelp: toggleHelp()
    case .toggleReasoning:
      changePages { $0.toggleReasoning() }
      selection?.wantsReveal = true
    case .menu(let move):
      changeMenu { $0.move(move) }
      changeHelp { $0.move(move) }
    case .choose: return choose(at: now)
    case .entry(let change): return changeEntry(change)
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .toggleMouse: return toggleMouse()
    case .waitLonger: return waitLonger()
    case .openFind: openFind()
    case .find(let direction): stepFind(direction)
    case .moveSideways(let way): moveSideways(way)
    case .select: toggleSelection()
    case .moveSelection(let move): moveSelection(move)
    case .copySelected(let form): return copySelected(form)
    case .chooseSelected: return chooseSelected()
    case .nameFile: nameFile()
    case .saveSelected: return saveSelected()
    case .editInput: return editInput()
    case .openRecall: openRecall()
    case .recall(let direction): stepRecall(direction)
    case .takeRecalled: takeRecalled()
    }
    return []
  }

  private mutating func edit(_ command: EditorCommand) {
    if find != nil { return changeFind { $0.perform(command) } }
    if selection?.fileName != nil {
      selection?.fileName?.perform(command)
      return
    }
    if recall != nil { return changeRecall { $0.perform(command) } }
    if commandList.isOpen, command == .up || command == .down {
      commandList.move(by: command == .up ? -1 : 1)
      return
    }
    if command == .up && input.isEmpty, let newest = queue.popLast() {
      input.setQuestion(newest)
      return
    }
    if input.perform(command) { return }
    switch command {
    case .up: if let older = inputHistory.older(leaving: input) { input = older }
    case .down: if let newer = inputHistory.newer(leaving: input) { input = newer }
    default: return
    }
    commandList.recalled()
  }

  private mutating func moveSideways(_ way: Action.Sideways) {
    if transcript.options.wrapsCode {
      hint = Hint(
        text: "Code wraps; /wrap lets its lines run on", shorter: ["/wrap lets lines of code run on"])
    } else {
      changePages { $0.moveSideways(by: way == .left ? -8 : 8) }
    }
  }

  private mutating func escape(at now: Duration) -> [Effect] {
    if case .menu(let menu) = overlay, menu.naming != nil {
      changeMenu { $0.name(nil) }
      return []
    }
    if overlay != nil {
      overlay = nil
      return []
    }
    if find != nil {
      closeFind()
      return []
    }
    if selection == nil, recall != nil {
      recall = nil
      return []
    }
    if selection?.fileName != nil {
      selection?.fileName = nil
      return []
    }
    if selection != nil {
      closeSelection()
      return []
    }
    if commandList.isOpen {
      commandList.dismiss()
      return []
    }
    if let effects = escapeCommand() { return effects }
    if isAnswering { return stop(at: now) }
    if !comparing.isEmpty, edit == nil {
      disarm()
      return []
    }
    if comparison != nil { return escapeComparison(at: now) }
    return escapeWhenIdle(at: now)
  }

  private mutating func interrupt(at now: Duration) -> [Effect] {
    if let until = quitArmedUntil, now < until {
      // The first one cleared what is to be kept when the program ends.
      if let cleared { (input, edit) = (cleared.input, cleared.edit) }
      return quit(at: now)
    }
    cleared = nil
    let wasOpen = overlay != nil || find != nil || selection != nil || recall != nil
    overlay = nil
    recall = nil
    if find != nil { closeFind() }
    closeSelection()
    let effects = stop(at: now)
    if effects.isEmpty && !wasOpen {
      cleared = ClearedInput(input: input, edit: edit)
      if edit == nil { input.setText("") } else { leaveEdit() }
    }
    quitArmedUntil = now + Self.quitWindow
    hint = Hint(text: "\(keys.label(of: .interrupt) ?? "Ctrl-C") again quits", until: quitArmedUntil)
    return effects
  }

  /// Leaves; an answer that still comes is stopped and kept.
  mutating func quit(at now: Duration) -> [Effect] { leaveTurn(at: now, isStaying: true) + [.quit] }

  mutating func enter(at now: Duration) -> [Effect] {
    if input.endsInBackslash, keys.action(for: Key(.enter), in: .input) == .send {
      input.replaceBackslashByNewline()
      return []
    }
    if let effects = enterCommand() ?? awaitFiles() { return effects }
    let text = inputToRun
    if text.allSatisfy(\.isWhitespace) {
      if edit != nil {
        hint = Hint(text: "There is nothing to ask; \(keys.label(of: .escape) ?? "Esc") leaves the message as it was")
      }
      if comparison != nil { return keepFocused(at: now) }
      return edit == nil ? sendNext(at: now) : []
    }
    if text == "exit" {
      clearInput(remembering: text)
      return quit(at: now)
    }
    if !input.beginsWithInset, let parsed = SlashCommand.parse(text) {
      // What was only begun is remembered as it is run.
      if text != input.text { input.setText(text) }
      return run(parsed, at: now)
    }
    if availability == .unavailable {
      hint = Hint(text: "Not sent: no provider can be reached, see above")
      return []
    }
    let edit = edit
    let question = Question(Self.message(of: text), attachments: input.question.attachments)
    clearInput(remembering: text)
    if let edit, turn == nil { return send(question, insteadOf: edit, at: now) }
    guard !isAnswering, availability == .ready else {
      queue.append(question)
      if comparison != nil { hint = Hint(text: "Queued: it follows the answer that you keep", shorter: ["Queued"]) }
      return []
    }
    return keepAnswer(at: now) { state in
      state.transcript.follow()
      return state.send(question, at: now)
    }
  }

  /// Empties the input after its text was taken over; after an edit, what was being written before is there again.
  mutating func clearInput(remembering text: String) {
    inputHistory.add(text)
    input = edit?.draft ?? InputEditor(keepingKillsOf: input)
    edit = nil
  }
}
