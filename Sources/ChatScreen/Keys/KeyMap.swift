import TerminalModel

/// Which key does what. The help, the hints and the menu of keys are made from it.
///
/// ```swift
/// var keys = KeyMap.standard
/// try keys.bind("newline", to: [KeySequence(notation: "Enter")])   // taken from "send"
/// try keys.bind("send", to: [KeySequence(notation: "Alt-Enter")])
/// ```
public struct KeyMap: Equatable, Sendable {
  public private(set) var bindings: [Binding]
  /// The names of the actions whose keys somebody chose.
  public private(set) var chosen: Set<String> = []
  private var table: [Focus: [[Key]: Meaning]] = [:]

  /// What keys mean.
  enum Meaning: Equatable, Sendable {
    case action(Action)
    /// The beginning of more.
    case beginning
  }

  /// The keys as they are unless somebody chooses others.
  public static let standard = KeyMap(standardBindings)

  private init(_ bindings: [Binding]) {
    self.bindings = bindings
    tabulate()
  }

  /// The table follows from the bindings.
  public static func == (left: Self, right: Self) -> Bool { left.bindings == right.bindings }

  /// Gives an action other keys in place of those that it has; an empty list leaves it without any.
  ///
  /// A key that was the action's own keeps its places, every other counts wherever the action can be done. It is taken from
  /// the action that has it as a standard.
  /// - Throws: where there is no such action, or the key cannot be bound or was chosen for another action.
  public mutating func bind(_ name: String, to sequences: [KeySequence]) throws(KeyMistake) {
    guard let standard = Self.standardBindings.first(where: { $0.name == name }),
      let index = bindings.firstIndex(where: { $0.name == name })
    else { throw KeyMistake("is no action") }
    let places = try sequences.map { (sequence) throws(KeyMistake) in try Self.place(sequence, for: standard) }
    for place in places {
      if let other = bindings.first(where: { $0.name != name && chosen.contains($0.name) && $0.shares(place) }) {
        throw KeyMistake("cannot have \(place.sequence.label): \(other.name) has it")
      }
    }
    for other in bindings.indices where other != index {
      for place in places { bindings[other].yield(place) }
    }
    bindings[index].places = places
    chosen.insert(name)
    tabulate()
  }

  private static func place(_ sequence: KeySequence, for standard: Binding) throws(KeyMistake) -> Binding.Place {
    let own = standard.places.filter { $0.sequence == sequence }.reduce(into: Set<Focus>()) { $0.formUnion($1.focus) }
    let focus = own.isEmpty ? standard.focus : own
    if own.isEmpty, sequence.isTyped, focus.contains(where: \.isForText) {
      throw KeyMistake("cannot have \(sequence.label), which is typed there; Ctrl or Alt with it can be had")
    }
    return Binding.Place(sequence: sequence, focus: focus)
  }

  private mutating func tabulate() {
    table = [:]
    for binding in bindings {
      for place in binding.places {
        let keys = place.sequence.keys
        for focus in place.focus {
          for length in 1..<max(1, keys.count) {
            table[focus, default: [:]][Array(keys.prefix(length))] = .beginning
          }
          table[focus, default: [:]][keys] = .action(binding.action)
        }
      }
    }
  }

  /// What keys mean, pressed one after the other; nil where they mean nothing, or the only one is a character to type.
  func meaning(of keys: [Key], in focus: Focus) -> Meaning? {
    table[focus]?[keys] ?? table[focus]?[keys.map(\.withoutCapital)]
  }

  /// What a key means by itself.
  public func action(for key: Key, in focus: Focus) -> Action? {
    if case .action(let action) = meaning(of: [key], in: focus) { action } else { nil }
  }

  /// The name of the first key of an action, `Ctrl-O`; nil when no key does it.
  ///
  /// - Parameter focus: where it is pressed; nil for wherever the action can be done.
  public func label(of action: Action, in focus: Focus? = nil) -> String? {
    for binding in bindings where binding.action == action {
      let place = binding.places.first { place in focus.map { place.focus.contains($0) } ?? true }
      if let place { return place.sequence.label }
    }
    return nil
  }

  /// A phrase on what a key does, `Esc stops it`; nil when no key does it.
  func phrase(_ action: Action, _ words: String, in focus: Focus? = nil) -> String? {
    label(of: action, in: focus).map { "\($0) \(words)" }
  }

  /// The phrase as the end of a sentence, `; Esc stops it`; empty when no key does it.
  func aside(_ action: Action, _ words: String) -> String { phrase(action, words).map { "; " + $0 } ?? "" }
}

extension Key {
  /// With caps lock, Alt-B comes as Alt-Shift-B or with a capital letter.
  fileprivate var withoutCapital: Key {
    guard case .character(let character) = code, !modifiers.isDisjoint(with: [.alt, .control]) else { return self }
    return Key(.character(character.lowercased().first ?? character), modifiers.subtracting(.shift))
  }
}

extension Focus {
  /// Whether characters are typed there; elsewhere they may be keys of their own.
  var isForText: Bool {
    switch self {
    case .input, .menu, .find, .fileName, .recall: true
    case .help, .selection: false
    }
  }
}
