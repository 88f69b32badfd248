import ChatModel
import ChatScreen

/// What only the full screen works with.
struct ScreenOptions: Equatable, Sendable {
  /// Whether links can be opened; nil where the kind of terminal decides.
  var hyperlinks: Bool?
  /// Whether an answer that comes in bursts is shown flowing.
  var isSmooth = true
  /// Whether the window is given a title.
  var hasTitle = true
  /// After how long an answer's end is worth a bell, where nobody looks; nil never.
  var bellAfter: Duration? = AppState.standardBell
  /// Theme, width of text, and whether signs move.
  var appearance = Appearance()
  var keys = KeyMap.standard
  var editor = ChosenEditor()
  /// What commands find in their environment: no keys.
  var childEnvironment: [String: String] = [:]
  /// What takes copied text; nil where nothing is configured.
  var copyCommand: CopyCommand?
  /// tmux's own way to the clipboard, when there is no such command; nil outside of it.
  var multiplexerCommand: CopyCommand?
}

extension ConfigurationSources {
  /// The options as the file has them; commands get no key in their environment.
  var screen: ScreenOptions {
    let variables = environment.forChildren(hiding: file.providers.values.compactMap(\.keyVariable))
    return ScreenOptions(
      hyperlinks: file.hyperlinks, isSmooth: file.isSmooth ?? true, hasTitle: file.hasTitle ?? true,
      bellAfter: file.bell.map { $0 > 0 ? .seconds(bounded: $0) : nil } ?? AppState.standardBell,
      appearance: file.appearance.settled,
      keys: file.keys, editor: ChosenEditor(environment: variables), childEnvironment: variables,
      copyCommand: file.copyCommand.map { CopyCommand(arguments: $0, environment: variables) },
      multiplexerCommand: CopyCommand.ofMultiplexer(environment: variables))
  }
}
