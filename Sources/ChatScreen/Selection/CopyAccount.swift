import TerminalModel

/// What is being copied, for those who are told what became of it.
struct CopyAccount: Equatable, Sendable {
  /// In words; empty where nobody knows, or there is no room to say it.
  var what = ""
  /// How many of its characters have got marks in their place.
  var replaced = 0

  /// What to say of the outcome. `savingKey`: the key that saves the same to a file; nil where `/save` does.
  func words(for outcome: CopyOutcome, savingKey: String?) -> String {
    let what = what.isEmpty ? "" : " \(what)"
    let way = savingKey.map { "\($0) saves it" } ?? "/save FILE"
    switch outcome {
    case .sent where replaced > 0: return "Copied\(what); \(remark(savingKey))"
    case .sent: return "Copied\(what); if not there: \(way)"
    case .taken(let command) where replaced > 0: return "Copied\(what) by \(command); \(remark(savingKey))"
    case .taken(let command): return "Copied\(what) by \(command)"
    case .tooLong(let limit):
      return
        "Not copied: terminals take \(limit) bytes at most; \(way), or set a copy_command in the configuration"
    case .unsupported:
      return "Not copied: this terminal has no clipboard; \(way), or set a copy_command in the configuration"
    case .failed(let command, let reason): return "Not copied: \(command) \(reason); \(way)"
    }
  }

  /// The same in ever fewer words: in a narrow window the way out counts more than the numbers and the reasons.
  func fewerWords(for outcome: CopyOutcome, savingKey: String?) -> [String] {
    let way = savingKey.map { "\($0) saves it" } ?? "/save FILE"
    let short = CopyAccount(replaced: replaced).words(for: outcome, savingKey: savingKey)
    switch outcome {
    case .sent where replaced > 0, .taken where replaced > 0:
      return [short, "Copied with marks; \(savingKey.map { "\($0) saves" } ?? "/save has") all"]
    case .sent: return [short, "Copied? \(way)"]
    case .taken: return [short]
    case .tooLong(let limit):
      return ["Not copied: terminals take \(limit) bytes at most; \(way)", "Not copied; \(way): over \(limit) bytes"]
    case .unsupported:
      return ["Not copied: this terminal has no clipboard; \(way)", "Not copied; \(way): no clipboard here"]
    case .failed(let command, let reason): return ["Not copied; \(way): \(command) \(reason)"]
    }
  }

  /// That the copy is not what came, and where that is. It is the way out too, where the copy did not arrive.
  private func remark(_ savingKey: String?) -> String {
    let marks = replaced == 1 ? "1 character replaced by a mark" : "\(replaced) characters replaced by marks"
    let them = replaced == 1 ? "it as it came" : "them as they came"
    return "\(marks); \(savingKey.map { "\($0) saves" } ?? "/save has") \(them)"
  }
}
