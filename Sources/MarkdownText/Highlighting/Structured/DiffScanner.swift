/// Patches: every line by its first bytes.
enum DiffScanner {
  private static let headers = [
    "diff ", "index ", "new file", "deleted file", "old mode", "new mode", "similarity ", "rename ", "copy ", "Binary ",
    "Index: ", "====",
  ].map { Array($0.utf8) }

  /// Reads the line; `state` remembers whether it is within a hunk, where `---` may be a deleted line.
  static func scan(_ cursor: inout CodeCursor, _ state: inout HighlightState) {
    let wasOldName = state.frames.last == .section(.oldName)
    let isInHunk = state.frames.last == .section(.hunk)
    let end = cursor.bytes.count
    if cursor.matches(Array("@@".utf8), at: 0) {
      state.frames = [.section(.hunk)]
      // After the second `@@` stands the function that the hunk is in.
      var close = 2
      while close < end, !cursor.matches(Array("@@".utf8), at: close) { close += 1 }
      cursor.take(.meta, to: close + 2)
    } else if headers.contains(where: { cursor.matches($0, at: 0) }) {
      state.frames = []
      cursor.take(.meta, to: end)
    } else if cursor.matches(Array("--- ".utf8), at: 0), !isInHunk || isFileName(cursor) {
      state.frames = [.section(.oldName)]
      cursor.take(.meta, to: end)
    } else if cursor.matches(Array("+++ ".utf8), at: 0), wasOldName || !isInHunk {
      state.frames = []
      cursor.take(.meta, to: end)
    } else if cursor.current == UInt8(ascii: "+") || cursor.current == UInt8(ascii: ">") {
      cursor.take(.inserted, to: end)
    } else if cursor.current == UInt8(ascii: "-") || cursor.current == UInt8(ascii: "<") {
      cursor.take(.deleted, to: end)
    } else if cursor.current == UInt8(ascii: "\\") {
      cursor.take(.meta, to: end)
    }
  }

  /// `--- a/path` or `--- /dev/null`.
  private static func isFileName(_ cursor: CodeCursor) -> Bool {
    cursor.matches(Array("a/".utf8), at: 4) || cursor.matches(Array("/dev/null".utf8), at: 4)
  }
}
