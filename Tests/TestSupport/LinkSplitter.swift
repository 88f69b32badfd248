/// Cuts a program's output at its hyperlink sequences (OSC 8), however the pieces come, and tells which link holds.
///
/// libvterm 0.1 swallows the sequences; with the output fed piece by piece, what it changes meanwhile carries the link.
struct LinkSplitter {
  private static let start = Array("\u{1B}]8;".utf8)
  /// All `id=…;address` seen; the link that holds is an index + 1, 0 for none.
  private(set) var targets: [String] = []
  private var current: Int32 = 0
  private var pending: [UInt8] = []

  /// Calls `body` with each piece of output and the number of the link that it stands in.
  mutating func consume(_ bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>, Int32) -> Void) {
    let input = pending + bytes
    pending = []
    var from = 0
    var index = 0
    while let escape = input[index...].firstIndex(of: 0x1B) {
      let rest = input[escape...]
      if rest.count < Self.start.count, Self.start.starts(with: rest) {
        body(input[from..<escape], current)
        pending = Array(rest)
        return
      }
      guard rest.starts(with: Self.start) else {
        index = escape + 1
        continue
      }
      body(input[from..<escape], current)
      let content = rest.dropFirst(Self.start.count)
      guard let end = content.firstIndex(of: 0x1B), end + 1 < input.count else {
        pending = Array(rest)
        return
      }
      take(String(decoding: content[..<end], as: UTF8.self))
      from = end + 2
      index = from
    }
    body(input[from...], current)
  }

  private mutating func take(_ target: String) {
    if target == ";" {
      current = 0
      return
    }
    let index = targets.firstIndex(of: target) ?? targets.count
    if index == targets.count { targets.append(target) }
    current = Int32(index + 1)
  }
}
