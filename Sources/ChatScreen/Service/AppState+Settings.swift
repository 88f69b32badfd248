import ChatModel

/// `/set`, `/system`, and the menu of settings.
extension AppState {
  var settingEntries: [MenuEntry] {
    SettingName.allCases.map { name in
      let value = shownValue(of: name)
      return MenuEntry(
        id: name.rawValue, title: "\(name.rawValue)  \(value)", detail: name.help,
        preview: "/set \(name.rawValue) VALUE\n\nVALUE is \(name.range). `default` takes back what was set.",
        isCurrent: service.asked.settings[name] != nil)
    }
  }

  /// What `/set` is asked for: a name and a value, a name, or nothing.
  mutating func set(_ argument: String) -> [Effect] {
    let words = argument.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    guard let word = words.first else {
      openMenu(.settings)
      return []
    }
    guard let name = SettingName(rawValue: word.lowercased().replacing("_", with: "-")) else {
      let near = SettingName.allCases.map(\.rawValue).min { distance($0, word) < distance($1, word) } ?? ""
      hint = Hint(
        text: "There is no setting \(word). Did you mean \(near)? /set lists all", shorter: ["/set lists all"])
      return []
    }
    guard words.count > 1 else {
      hint = Hint(
        text: "\(name.rawValue) is \(shownValue(of: name)); it takes \(name.range)",
        shorter: ["\(name.rawValue) is \(shownValue(of: name))"])
      return []
    }
    if words[1] == "default" { return set(name, to: nil) }
    guard let value = name.value(words[1].lowercased()) else {
      hint = Hint(text: "Not set: \(name.rawValue) takes \(name.range)", shorter: ["It takes \(name.range)"])
      return []
    }
    return set(name, to: value)
  }

  private func distance(_ name: String, _ word: String) -> Int {
    name.hasPrefix(word.lowercased()) ? 0 : MenuFilter.distance(name, word.lowercased())
  }

  /// The menu's entry goes to the input, where its value is typed.
  mutating func chooseSetting(_ index: Int) {
    guard SettingName.allCases.indices.contains(index) else { return }
    let command = "/set \(SettingName.allCases[index].rawValue) "
    if input.isEmpty {
      input.setText(command)
    } else {
      hint = Hint(text: "\(command)VALUE sets it, in an empty input")
    }
  }

  private mutating func set(_ name: SettingName, to value: SettingValue?) -> [Effect] {
    guard name.isOfService else {
      setOnScreen(name, to: value)
      hint = Hint(text: "\(name.rawValue) is \(shownValue(of: name)) now")
      return []
    }
    service.asked.settings[name] = value
    // What is set by hand counts over what the prompt asked for.
    if name == .temperature { service.asked.wishes.temperature = nil }
    service.isSetting = name
    return [.adopt(service.asked)]
  }

  /// After how long an answer's end is worth a bell unless the user says otherwise.
  public static let standardBell = Duration.seconds(10)

  private mutating func setOnScreen(_ name: SettingName, to value: SettingValue?) {
    switch (name, value) {
    case (.textWidth, .integer(let width)): appearance.textWidth = width == 0 ? nil : width
    case (.textWidth, _): appearance.textWidth = Appearance.standardTextWidth
    case (.animation, .isOn(let isOn)): appearance.isAnimated = isOn
    case (.animation, _): appearance.isAnimated = true
    case (.bell, .number(let seconds)): bellAfter = seconds > 0 ? .seconds(seconds) : nil
    case (.bell, _): bellAfter = Self.standardBell
    case (.smooth, let value):
      isSmooth = value != .isOn(false)
      if !isSmooth { showAll() }
    default: break
    }
    let width = appearance.textWidth
    changePages { $0.setTextWidth(width) }
  }

  /// Says what holds from the next message on, where it was set.
  mutating func saySetting() {
    guard let name = service.isSetting else { return }
    service.isSetting = nil
    hint = Hint(
      text: "\(name.rawValue) is \(shownValue(of: name)) from the next message on",
      shorter: ["\(name.rawValue) is \(shownValue(of: name))"])
  }

  /// A setting's value as it holds, in words.
  func shownValue(of name: SettingName) -> String {
    let parameters = service.parameters
    let timeouts = service.timeouts
    func seconds(_ duration: Duration?) -> String { duration.map { "\($0.inSeconds) s" } ?? "off" }
    let open = "up to the service"
    return switch name {
    case .temperature: parameters.temperature?.plainText ?? open
    case .topP: parameters.topP?.plainText ?? open
    case .maxTokens: parameters.maxTokens.map { "\($0)" } ?? open
    case .seed: parameters.seed.map { "\($0)" } ?? "none"
    case .reasoningEffort: parameters.reasoningEffort ?? open
    case .connectTimeout: seconds(timeouts.connect)
    case .firstChunkTimeout: seconds(timeouts.firstChunk)
    case .chunkTimeout: seconds(timeouts.chunk)
    case .totalTimeout: seconds(timeouts.total)
    case .retries: "\(service.retries)"
    case .textWidth: appearance.textWidth.map { "\($0)" } ?? "the whole window"
    case .smooth: isSmooth ? "on" : "off"
    case .animation: appearance.isAnimated ? "on" : "off"
    case .bell: seconds(bellAfter)
    }
  }

  /// `/system`: a prompt for this chat; without a text, the present one is put into the input to be changed.
  mutating func setSystem(_ text: String) -> [Effect] {
    if text.isEmpty {
      put(Question("/system \(systemPrompt.text)"))
      return []
    }
    return setPrompt(SystemPrompt(name: "custom", text: text))
  }

  /// `/export`: this chat in a file; the form by its name, or by the file's.
  mutating func export(_ argument: String, overwrites: Bool) -> [Effect] {
    if isChoosing() { return [] }
    let words = argument.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    var format: ExportFormat?
    var path = argument
    if words.count > 1, let named = ExportFormat(rawValue: words[0].lowercased()) {
      format = named
      path = words[1]
    }
    if path.isEmpty || (words.count == 1 && ExportFormat(rawValue: path) != nil) {
      hint = Hint(
        text: "Name a file: /export [FORMAT] FILE; formats: \(ExportFormat.listed)", shorter: ["/export [FORMAT] FILE"])
      return []
    }
    guard hasQuestion else {
      hint = Hint(text: "There is nothing to export yet")
      return []
    }
    guard let written = format ?? ExportFormat(fileName: path) else {
      let ending = path.split(separator: ".").last ?? ""
      hint = Hint(
        text: "\(ExportFormat.unknown(ending)), as in /export html \(path)",
        shorter: [ExportFormat.unknown(ending), "One of: \(ExportFormat.listed)"])
      return []
    }
    saving.append(SavingAccount(what: "this chat", command: ["/export", format?.rawValue].compactMap { $0 }))
    return [.history(.export(written, path: path, overwrites: overwrites))]
  }
}
