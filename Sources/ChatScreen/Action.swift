/// What a key means, given what it is typed into.
public enum Action: Hashable, Sendable {
  case send
  case editor(EditorCommand)
  /// Completes the command or the path that is being typed; unfolds what stands for more than it shows.
  case complete
  /// Closes what is open, else stops the answer.
  case escape
  /// Stops the answer, else clears the input; the second time quits.
  case interrupt
  /// Deletes the character under the cursor; quits when there is no text at all.
  case deleteOrQuit
  /// The end of the line; the end of the transcript when there is no text at all.
  case endOrFollow
  case scroll(Scroll)
  /// Of several answers, to the one before.
  case previousAnswer
  case openMenu(MenuKind)
  case openHelp
  case toggleReasoning
  case menu(MenuMove)
  /// Something done with the selected entry of a menu.
  case entry(EntryChange)
  case choose
  case redraw, suspend
  case toggleMouse
  /// Gives a silent service more time.
  case waitLonger
  case openFind
  case find(FindStep)
  /// Moves code that does not wrap.
  case moveSideways(Sideways)
  /// Opens the selection, or closes it.
  case select
  case moveSelection(SelectionMove)
  case copySelected(CopyForm)
  /// Opens or folds reasoning, copies all else.
  case chooseSelected
  /// Asks for the file to write what is selected to; then writes it.
  case nameFile, saveSelected
  /// Opens the search through earlier inputs; goes on with it; takes what it found.
  case openRecall
  case recall(FindStep)
  case takeRecalled
  /// Opens the input in the user's editor.
  case editInput

  /// Moves of the page of the transcript.
  public enum Scroll: Hashable, Sendable {
    case lineUp, lineDown, halfPageUp, halfPageDown, pageUp, pageDown, previousMessage, nextMessage, top, end
  }
  /// From one hit of a search to the next.
  public enum FindStep: Hashable, Sendable { case older, newer }
  /// Which way the page goes over what is wider than it.
  public enum Sideways: Hashable, Sendable { case left, right }
  /// What can be done in a menu besides choosing: with a saved chat, a system prompt.
  public enum EntryChange: Hashable, Sendable { case pin, duplicate, delete, restore, create, edit, makeDefault }
  /// Moves of the selection in the talk: in the order of the page, by message, within a message, by page.
  public enum SelectionMove: Hashable, Sendable {
    case previous, next, previousMessage, nextMessage, inward, outward, pageUp, pageDown, first, last
  }
  /// As it came, which for code is the code alone; or as it reads without marks.
  public enum CopyForm: Hashable, Sendable { case source, plain }
  /// Moves of the selection in a menu, and of the page in the help.
  public enum MenuMove: Hashable, Sendable { case up, down, pageUp, pageDown, first, last }
}

/// What keys are typed into.
public enum Focus: Hashable, CaseIterable, Sendable {
  case input, menu, help
  /// The words of a search.
  case find
  /// Nothing is typed: letters are commands.
  case selection
  /// The name of a file.
  case fileName
  /// The words that earlier inputs are searched for.
  case recall
}
