import TerminalModel

/// An action and the keys for it.
public struct Binding: Equatable, Sendable {
  /// Keys, and where they do it.
  struct Place: Equatable, Sendable {
    var sequence: KeySequence
    var focus: Set<Focus>
  }

  /// What the configuration calls it.
  public let name: String
  public let action: Action
  /// What the help says; nil leaves the binding out of it.
  public let help: String?
  var places: [Place]

  /// The first key is the one that hints name.
  init(_ name: String, _ focus: Set<Focus>, _ keys: [Key], _ action: Action, _ help: String? = nil) {
    self.name = name
    self.action = action
    self.help = help
    places = keys.map { Place(sequence: KeySequence([$0]), focus: focus) }
  }

  /// With more keys, which do it somewhere else.
  func also(_ focus: Set<Focus>, _ keys: [Key]) -> Binding {
    var more = self
    more.places += keys.map { Place(sequence: KeySequence([$0]), focus: focus) }
    return more
  }

  /// With keys to be pressed one after the other, where the first ones do it.
  func chord(_ keys: Key...) -> Binding {
    var more = self
    more.places.append(Place(sequence: KeySequence(keys), focus: places.first?.focus ?? []))
    return more
  }

  /// Where it can be done at all.
  public var focus: Set<Focus> { places.reduce(into: []) { $0.formUnion($1.focus) } }

  /// All of its keys.
  public var sequences: [KeySequence] {
    var seen: Set<KeySequence> = []
    return places.map(\.sequence).filter { seen.insert($0).inserted }
  }

  /// The keys that do it in the first of its places, which is the main one.
  var mainSequences: [KeySequence] {
    places.filter { $0.focus == places.first?.focus }.map(\.sequence)
  }

  /// Leaves keys to another action.
  mutating func yield(_ taken: Place) {
    for index in places.indices where places[index].sequence.excludes(taken.sequence) {
      places[index].focus.subtract(taken.focus)
    }
    places.removeAll { $0.focus.isEmpty }
  }

  /// Whether both have a key in the same place.
  func shares(_ place: Place) -> Bool {
    places.contains { $0.sequence.excludes(place.sequence) && !$0.focus.isDisjoint(with: place.focus) }
  }
}
