/// The menu of keys: to look one up, by what it does or by its name.
extension AppState {
  var keyEntries: [MenuEntry] {
    keys.bindings.map { binding in
      let labels = binding.sequences.map(\.label)
      return MenuEntry(
        id: binding.name, title: "\(binding.name)  \(labels.isEmpty ? "no key" : labels.joined(separator: ", "))",
        detail: binding.help ?? "", preview: Self.preview(of: binding, labels), isCurrent: false)
    }
  }

  private static func preview(of binding: Binding, _ labels: [String]) -> String {
    let notations = labels.map { "\"\($0)\"" }
    let list = "[\(notations.joined(separator: ", "))]"
    let value = notations.count == 1 ? notations[0] : notations.isEmpty ? "null" : list
    return "In the configuration: \"keys\": { \"\(binding.name)\": \(value) }"
  }
}
