import ChatModel

/// The inputs that were sent or queued, in this session and before it, and the walk through them by Up and Down.
///
/// The draft that was being written, and changes to recalled inputs, are kept until the next send.
struct InputHistory: Equatable, Sendable {
  private(set) var entries: [String] = []
  /// The entry shown; nil is the draft.
  private var place: Int?
  /// What the editor held at the places that the walk left.
  private var left: [Int: InputEditor] = [:]

  /// What was being written when the walk began; empty where there is no walk.
  var draft: Question { place == nil ? "" : left[entries.count]?.question ?? "" }

  /// What the editor held at the other places of the walk.
  var passed: [String] { left.filter { $0.key != (place ?? entries.count) }.map(\.value.text) }

  /// Adds what was sent and ends the walk. What was being written when it began comes before, so that it can be found.
  mutating func add(_ text: String) {
    let draft = draft.text
    entries += changed.filter { $0 != text }
    if draft != text, draft.contains(where: { !$0.isWhitespace }) { entries.append(draft) }
    if entries.last != text { entries.append(text) }
    forgetWalk()
  }

  /// Ends the walk; what was being written when it began is somebody else's by now.
  mutating func endWalk() {
    entries += changed
    forgetWalk()
  }

  /// What became of the inputs that the walk passed: it can be found, too.
  private var changed: [String] {
    left.sorted { $0.key < $1.key }.compactMap { index, editor in
      guard index != place, entries.indices.contains(index), case let text = editor.text, text != entries[index],
        text.contains(where: { !$0.isWhitespace })
      else { return nil }
      return text
    }
  }

  private mutating func forgetWalk() {
    place = nil
    left = [:]
  }

  /// Takes in those of earlier sessions, the oldest first, before all others. A walk that is under way stays where it is.
  mutating func addEarlier(_ earlier: [String]) {
    entries = earlier + entries
    place = place.map { $0 + earlier.count }
    left = Dictionary(uniqueKeysWithValues: left.map { ($0.key + earlier.count, $0.value) })
  }

  /// One input back; nil at the oldest one.
  mutating func older(leaving editor: InputEditor) -> InputEditor? {
    let here = place ?? entries.count
    return here == 0 ? nil : go(from: here, to: here - 1, leaving: editor)
  }

  /// One input on, the draft last; nil at the draft.
  mutating func newer(leaving editor: InputEditor) -> InputEditor? {
    guard let here = place else { return nil }
    return go(from: here, to: here + 1, leaving: editor)
  }

  private mutating func go(from here: Int, to target: Int, leaving editor: InputEditor) -> InputEditor {
    left[here] = editor
    place = target == entries.count ? nil : target
    if let known = left[target] { return known }
    return InputEditor(target < entries.count ? entries[target] : "")
  }
}
