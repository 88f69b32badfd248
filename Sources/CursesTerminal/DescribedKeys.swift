import TerminalModel

/// The keys that the terminal's description names: those of terminals that speak otherwise than xterm.
enum DescribedKeys {
  /// By sequence; only those that begin with an escape character, since the others are control keys.
  static func sequences() -> [[UInt8]: Key] {
    var keys: [String: Key] = [
      "kcuu1": Key(.up), "kcud1": Key(.down), "kcub1": Key(.left), "kcuf1": Key(.right), "khome": Key(.home),
      "kend": Key(.end), "kpp": Key(.pageUp), "knp": Key(.pageDown), "kich1": Key(.insert), "kdch1": Key(.delete),
      "kcbt": Key(.tab, .shift), "kLFT5": Key(.left, .control), "kRIT5": Key(.right, .control),
      "kHOM5": Key(.home, .control), "kEND5": Key(.end, .control), "kent": Key(.enter),
    ]
    for number in 1...12 { keys["kf\(number)"] = Key(.function(number)) }
    var sequences: [[UInt8]: Key] = [:]
    for (name, key) in keys {
      let sequence = TerminalModes.capability(name)
      if sequence.count > 2, sequence[0] == 0x1B { sequences[sequence] = key }
    }
    return sequences
  }
}
