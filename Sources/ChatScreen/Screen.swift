import TerminalModel

/// The screen as a function of the state.
public enum Screen {
  static let programName = "aichat-tui"

  /// Draws the state. It costs what is visible, not what is stored.
  public static func render(_ state: AppState) -> Frame {
    var frame = Frame(size: state.size)
    let layout = state.layout
    if let row = layout.title { state.titleRow.render(into: &frame, row: row) }
    if let comparison = state.comparison {
      ComparisonView.render(comparison, into: &frame, theme: state.theme)
    } else {
      TranscriptView.render(state.transcript, into: &frame, rows: layout.transcript)
    }
    InputView.renderQueue(state.queue, into: &frame, rows: layout.queue, theme: state.theme)
    if let find = state.find {
      FindView.render(
        find, isComplete: !state.isSearching, into: &frame, rows: layout.input, theme: state.theme)
    } else if state.selection == nil, let recall = state.recall {
      RecallView.render(
        recall, state.inputHistory.entries, into: &frame, rows: layout.input, theme: state.theme)
    } else if let selection = state.selection {
      SelectionView.render(selection, state.keys, into: &frame, rows: layout.input, theme: state.theme)
    } else if let asked = state.toolQuestion {
      ToolQuestionView.render(asked, state.keys, into: &frame, rows: layout.input, theme: state.theme)
    } else {
      InputView.render(state.input, into: &frame, rows: layout.input, theme: state.theme)
    }
    if let row = layout.status { state.statusRow.render(into: &frame, row: row) }
    switch state.overlay {
    case nil: if state.focus == .input, state.toolQuestion == nil { renderCommands(state, into: &frame) }
    case .menu(let menu): MenuView.render(menu, state.keys, into: &frame, rows: layout.overlay, theme: state.theme)
    case .help(let page): HelpView.render(page, state.keys, into: &frame, rows: layout.overlay, theme: state.theme)
    }
    rule(state, into: &frame)
    return frame
  }

  private static func renderCommands(_ state: AppState, into frame: inout Frame) {
    let bottom = state.layout.rule ?? state.layout.input.lowerBound
    CommandListView.render(state.commandList, into: &frame, above: bottom, theme: state.theme)
  }

  /// What the first row is drawn from.
  struct Title: Equatable, Sendable {
    var provider: String
    var model: String?
    /// What is known of the chat: that it is private, its name.
    var chat: [String]
    var style: Style
  }

  /// Draws the title into row 0.
  static func render(_ title: Title, into frame: inout Frame) {
    let columns = frame.size.columns
    frame.fill(row: 0, style: title.style)
    var left = frame.put(" \(programName)", at: Position(column: 0, row: 0), style: title.style)
    let names = [title.provider, title.model ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
    let right = names + " "
    let width = DisplayText.width(of: right)
    // The chat's name has what the others leave.
    let name = title.chat.map { " · " + $0 }.joined()
    let room = columns - left - width - 2
    if room >= 8 {
      left += frame.put(name, at: Position(column: left, row: 0), style: title.style, limit: room)
    }
    if left + 2 + width <= columns {
      frame.put(right, at: Position(column: columns - width, row: 0), style: title.style)
    }
  }

  /// The line above the input: a hint where there is one, and how much came below the page. Where the line had to go, the
  /// hint stands on the status line, and the mark on the end of the page.
  private static func rule(_ state: AppState, into frame: inout Frame) {
    let columns = frame.size.columns
    let isCovered = state.overlay != nil
    var end = 0
    if let row = state.layout.rule, !isCovered {
      frame.put(Array(repeating: Cell("─", state.theme.secondary), count: columns), at: Position(column: 0, row: row))
      if let hint = state.hint {
        end =
          2
          + frame.put(
            " \(hint.fitted(into: columns - 6)) ", at: Position(column: 2, row: row), style: state.theme.mark,
            limit: columns - 4)
      }
    } else if let hint = state.hint, let row = state.layout.status {
      frame.fill(row: row)
      frame.put(hint.fitted(into: columns), at: Position(column: 0, row: row), style: state.theme.mark)
    }
    guard let mark = state.page.newMark, !isCovered, !state.layout.transcript.isEmpty else { return }
    let width = DisplayText.width(of: mark)
    let row = state.layout.rule ?? state.layout.transcript.upperBound - 1
    let column = columns - width - (columns > width + 4 ? 2 : 0)
    // A long hint is about this moment; the mark will be there after the next key.
    if column > end || state.layout.rule == nil {
      frame.put(mark, at: Position(column: max(0, column), row: row), style: state.theme.selected)
    }
  }
}

extension Transcript {
  /// How much came below the page; nil where nothing did.
  var newMark: String? {
    newLines == 0 ? nil : " ↓ \(newLines)\(newLines == Self.newLinesLimit ? "+" : "") new "
  }
}
