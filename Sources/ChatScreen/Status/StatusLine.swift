import TerminalModel

/// The last row of the screen: provider, model, prompt, state, seconds, tokens, tokens per second, and what Esc does.
enum StatusLine {
  /// All that the line is drawn from.
  struct Content: Equatable, Sendable {
    fileprivate var fields: [Field]
    fileprivate var key: String?
    fileprivate var theme: Theme

    /// What the line says of a state.
    init(_ state: AppState) {
      fields = StatusLine.fields(of: state)
      key = StatusLine.keyHint(state)
      theme = state.theme
    }
  }

  fileprivate struct Field: Equatable, Sendable {
    var text: String
    /// Nil for the look of most of the line.
    var style: Style?
    /// What goes first when there is no room: the lowest.
    var priority: Int
  }

  /// Draws the fields there is room for, into row 0.
  static func render(_ content: Content, into frame: inout Frame) {
    let row = 0
    let columns = frame.size.columns
    let theme = content.theme
    let key = content.key
    var fields = content.fields
    var withKey = key.map { $0.count + 2 } ?? 0
    func width() -> Int { fields.reduce(0) { $0 + DisplayText.width(of: $1.text) } + max(0, fields.count - 1) * 3 }
    while fields.count > 1 && width() + withKey > columns {
      guard let least = fields.indices.min(by: { fields[$0].priority < fields[$1].priority }) else { break }
      // What Esc does is worth more than all but the state.
      if fields[least].priority >= 90 { break }
      fields.remove(at: least)
    }
    if width() + withKey > columns { withKey = 0 }
    var column = 0
    for field in fields {
      if column > 0 { column += frame.put(" · ", at: Position(column: column, row: row), style: theme.secondary) }
      column += frame.put(field.text, at: Position(column: column, row: row), style: field.style ?? theme.secondary)
    }
    if withKey > 0, let key {
      frame.put(key, at: Position(column: columns - key.count, row: row), style: theme.secondary)
    }
  }

  private static func keyHint(_ state: AppState) -> String? {
    let keys = state.keys
    if state.overlay != nil { return keys.phrase(.escape, "close", in: state.focus) }
    if state.find != nil {
      let steps = [Action.find(.older), .find(.newer)].compactMap { keys.label(of: $0) }.joined(separator: "/")
      return [steps, keys.phrase(.escape, "leave", in: .find) ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
    }
    if let selection = state.selection {
      if selection.fileName != nil { return keys.phrase(.escape, "back", in: .fileName) }
      let moves = [Action.SelectionMove.previous, .next].compactMap { keys.label(of: .moveSelection($0)) }
      return moves.isEmpty ? nil : moves.joined(separator: "/") + " select"
    }
    if state.recall != nil {
      let ways = [keys.phrase(.takeRecalled, "takes"), keys.phrase(.escape, "leave", in: .recall)]
      return ways.compactMap { $0 }.joined(separator: " · ")
    }
    if state.commandList.isOpen {
      let ways = [keys.phrase(.complete, "completes"), keys.phrase(.send, "runs")]
      return ways.compactMap { $0 }.joined(separator: " · ")
    }
    if state.turn != nil {
      let more = state.status.givesUpIn == nil ? nil : keys.phrase(.waitLonger, "30 s more")
      return [more, keys.phrase(.escape, "stop", in: .input)].compactMap { $0 }.joined(separator: " · ")
    }
    if let comparison = state.comparison {
      let ways =
        if comparison.isRunning {
          [keys.phrase(.complete, "next"), keys.phrase(.escape, "stop", in: .input)]
        } else if !state.comparing.isEmpty {
          [keys.phrase(.complete, "next"), keys.phrase(.send, "keep"), keys.phrase(.escape, "leave", in: .input)]
        } else {
          [keys.phrase(.complete, "next"), state.keepingKeys.map { $0 + " keep" }]
        }
      return ways.compactMap { $0 }.joined(separator: " · ")
    }
    if state.edit != nil || !state.comparing.isEmpty { return keys.phrase(.escape, "leave", in: .input) }
    return keys.phrase(.openHelp, "help")
  }

  private static func fields(of state: AppState) -> [Field] {
    if let comparison = state.comparison { return Self.fields(of: comparison, state) }
    let sample = state.status
    var fields = [Field(text: state.provider, priority: 30)]
    if let model = state.turn?.model ?? state.model { fields.append(Field(text: model, priority: 60)) }
    fields.append(Field(text: state.systemPrompt.name, priority: 40))
    if let edit = state.edit {
      let which = edit.back == 1 ? "your last message" : "message \(edit.back) from the end"
      return fields + [Field(text: "editing " + which, style: state.theme.mark, priority: 100)]
    }
    if let plan = Self.plan(of: state) { fields.append(plan) }
    if let temperature = state.service.parameters.temperature, state.service.showsTemperature {
      fields.append(Field(text: "temperature \(temperature)", priority: 35))
    }
    fields.append(Field(text: word(for: sample.state), style: style(of: sample.state, state.theme), priority: 100))
    if let elapsed = sample.elapsed { fields.append(Field(text: seconds(elapsed), priority: 70)) }
    if let tokens = sample.tokens {
      let count = "\(sample.isEstimate ? "~" : "")\(tokens) \(tokens == 1 ? "token" : "tokens")"
      fields.append(Field(text: count, priority: 50))
    }
    if let seconds = sample.givesUpIn {
      fields.append(Field(text: "gives up in \(seconds) s", style: state.theme.mark, priority: 95))
    }
    let more = state.tokensToSend
    if let more { fields.append(Field(text: "~\(more) to send", priority: 45)) }
    if let size = state.service.context, sample.contextUsed != nil || more != nil {
      let used = share((sample.contextUsed ?? 0) + (more ?? 0), of: size)
      fields.append(Field(text: more == nil ? used : "\(used) with it", priority: more == nil ? 25 : 44))
    }
    if let spent = state.spent { fields.append(Field(text: amount(spent, state.service.currency), priority: 22)) }
    if let rate = sample.rateTenths { fields.append(Field(text: "\(tenths(rate)) tokens/s", priority: 20)) }
    return fields.filter { !$0.text.isEmpty }
  }

  /// Of several answers, how far all of them are; each has its numbers in its header.
  private static func fields(of comparison: Comparison, _ state: AppState) -> [Field] {
    let running = comparison.answers.count { $0.isRunning }
    let count = comparison.answers.count
    let word = running == 0 ? "\(count) answers" : "\(running) of \(count) on their way"
    var fields = [
      Field(text: comparison.focused.name, priority: 60), Field(text: state.systemPrompt.name, priority: 40),
      Field(text: word, style: running == 0 ? state.theme.plain : state.theme.good, priority: 100),
    ]
    if let plan = plan(of: state) { fields.insert(plan, at: 2) }
    if let spent = state.spent { fields.append(Field(text: amount(spent, state.service.currency), priority: 22)) }
    return fields
  }

  /// That the next message goes to several models.
  private static func plan(of state: AppState) -> Field? {
    state.comparing.isEmpty
      ? nil : Field(text: "next to \(state.comparing.count) models", style: state.theme.mark, priority: 90)
  }

  /// The word for a state.
  static func word(for state: StatusSample.State) -> String {
    switch state {
    case .starting: "starting"
    case .ready: "ready"
    case .connecting: "connecting"
    case .waiting: "waiting"
    case .thinking: "thinking"
    case .toolCalled: "tool"
    case .streaming: "streaming"
    case .retrying(let seconds): "trying again in \(seconds) s"
    case .stopped: "stopped"
    case .timedOut: "timed out"
    case .connectionLost: "connection lost"
    case .failed: "failed"
    }
  }

  private static func style(of state: StatusSample.State, _ theme: Theme) -> Style {
    switch state {
    case .starting, .ready: theme.plain
    case .connecting, .waiting, .thinking, .streaming, .toolCalled: theme.good
    case .retrying, .stopped: theme.mark
    case .timedOut, .connectionLost, .failed: theme.problem
    }
  }

  static func seconds(_ duration: Duration) -> String { "\(tenths(duration.wholeMilliseconds / 100)) s" }

  static func tenths(_ value: Int) -> String { "\(value / 10).\(abs(value % 10))" }
}
