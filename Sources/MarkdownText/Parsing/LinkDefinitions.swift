import CCmark

/// The link reference definitions of a text, `[label]: target`. Of several for one label, the first counts.
struct LinkDefinitions: Equatable, Sendable {
  private struct Definition: Equatable, Sendable {
    let label: [UInt8]
    let target: String
  }

  private var byLabel: [String: Definition] = [:]
  /// Labels are no longer than this, as in CommonMark.
  private static let longestLabel = 999

  /// Whether the label, as `labels(in:)` gives it, is defined.
  func defines(_ label: String) -> Bool { byLabel[label] != nil }

  /// Definitions for the labels that a window names, to be put before it, and their lines.
  func source(for window: [UInt8]) -> (bytes: [UInt8], lines: Int) {
    guard !byLabel.isEmpty else { return ([], 0) }
    var bytes: [UInt8] = []
    var lines = 0
    for label in Set(Self.labels(in: window).map(\.name)).sorted() {
      guard let found = byLabel[label] else { continue }
      bytes += Array("[".utf8) + found.label + Array("]: <".utf8)
      for byte in found.target.utf8 {
        if byte == UInt8(ascii: "&") {
          bytes += "&amp;".utf8
        } else {
          if #"<>\"#.utf8.contains(byte) { bytes.append(UInt8(ascii: "\\")) }
          bytes.append(byte)
        }
      }
      bytes += ">\n".utf8
      lines += 1
    }
    return lines == 0 ? ([], 0) : (bytes + [0x0A], lines + 1)
  }

  /// Finds the definitions in the source of settled blocks, wherever they stand in it, and returns the labels that are new.
  ///
  /// Which of the lines that look like definitions are some is asked of cmark: the source is parsed with references to
  /// them behind it.
  mutating func take(from source: [UInt8], _ continuation: Continuation) -> [String] {
    guard Self.mayDefine(source) else { return [] }
    var asked: [String: [UInt8]] = [:]
    for label in Self.labels(in: source) where label.isDefinition && byLabel[label.name] == nil {
      if asked[label.name] == nil { asked[label.name] = label.bytes }
    }
    guard !asked.isEmpty else { return [] }
    let names = asked.keys.sorted()
    var disguise = SourceDisguise()
    var probe = continuation.prefix + source + Array("\n\n".utf8)
    for name in names { probe += Array("[".utf8) + (asked[name] ?? []) + Array("]\n\n".utf8) }
    let targets = Self.targets(ofLast: names.count, in: disguise.hide(probe))
    var new: [String] = []
    for (name, target) in zip(names, targets) {
      guard let target, let label = asked[name] else { continue }
      byLabel[name] = Definition(label: label, target: target)
      new.append(name)
    }
    return new
  }

  /// Adds definitions of another text that comes after this one.
  mutating func add(_ later: LinkDefinitions) { byLabel.merge(later.byLabel) { first, _ in first } }

  /// Where the links of the document's last paragraphs point to.
  private static func targets(ofLast count: Int, in source: [UInt8]) -> [String?] {
    CmarkTree.parse(source) { document -> [String?] in
      CmarkTree.children(of: document).suffix(count).map { paragraph in
        guard let link = cmark_node_first_child(paragraph), cmark_node_get_type(link) == CMARK_NODE_LINK else {
          return nil
        }
        return cmark_node_get_url(link).map { String(cString: $0) }
      }
    } ?? []
  }

  /// Whether a definition could be in the source at all.
  static func mayDefine(_ source: [UInt8]) -> Bool {
    var previous: UInt8 = 0
    for byte in source {
      if byte == UInt8(ascii: ":") && previous == UInt8(ascii: "]") { return true }
      previous = byte
    }
    return false
  }

  /// What stands in brackets, each with its name for comparing: blanks collapsed, case folded.
  static func labels(in source: [UInt8]) -> [(name: String, bytes: [UInt8], isDefinition: Bool)] {
    var found: [(name: String, bytes: [UInt8], isDefinition: Bool)] = []
    var open: Int?
    var index = 0
    while index < source.count {
      switch source[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "["): open = index + 1
      case UInt8(ascii: "]"):
        if let start = open, index > start, index - start <= longestLabel {
          let words = source[start..<index].split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
          let bytes = Array(words.joined(separator: [0x20]))
          let isDefinition = index + 1 < source.count && source[index + 1] == UInt8(ascii: ":")
          if !bytes.isEmpty { found.append((String(decoding: bytes, as: UTF8.self).lowercased(), bytes, isDefinition)) }
        }
        open = nil
      default: break
      }
      index += 1
    }
    return found
  }
}
