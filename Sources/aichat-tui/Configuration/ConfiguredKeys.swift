import ChatScreen

/// What the configuration file says of the keys.
extension KeyMap {
  /// The standard keys, and those of the file in place of them: `"send": "Alt-Enter"`, `"newline": ["Enter", "Ctrl-J"]`,
  /// `"mouse": null`.
  init(configuredBy reader: inout ObjectReader) {
    self = .standard
    for name in reader.names {
      guard let texts = reader.texts(name) else { continue }
      var sequences: [KeySequence] = []
      for (text, node) in texts {
        do throws(KeyMistake) { sequences.append(try KeySequence(notation: text)) } catch {
          reader.fail(name, node, error.reason)
        }
      }
      guard sequences.count == texts.count else { continue }
      do throws(KeyMistake) { try bind(name, to: sequences) } catch {
        let names = bindings.map(\.name)
        reader.fail(name, nil, error.reason + (names.contains(name) ? "" : NearestName.hint(name, among: names)))
      }
    }
  }
}
