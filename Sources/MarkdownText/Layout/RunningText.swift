/// The runs of a paragraph, a heading or a table's cell as one text.
extension LookedText {
  /// `role`: of text that is nothing else.
  init(_ runs: [InlineRun], role: TextLook.Role = .text, adding attributes: InlineAttributes = []) {
    let base = TextLook(role, attributes)
    var isStruck = false
    var index = 0
    while index < runs.count {
      let first = runs[index]
      var end = index + 1
      if first.target != nil {
        while end < runs.count, first.isOneLink(with: runs[end]) { end += 1 }
      }
      append(runs[index..<end], base, isStruck: &isStruck)
      index = end
    }
    if isStruck { appendStruckMark(base) }
  }

  /// Runs of one link or image, or one run that is neither.
  private mutating func append(_ runs: ArraySlice<InlineRun>, _ base: TextLook, isStruck: inout Bool) {
    guard let first = runs.first else { return }
    let target = first.target.flatMap { $0.isEmpty ? nil : $0 }
    let text = runs.map(\.text).joined()
    let isImage = first.attributes.contains(.image)
    strike(first, base, &isStruck)
    if isImage { append(text.isEmpty ? "[image" : "[image: ", first.look(base), target: target) }
    for run in runs {
      strike(run, base, &isStruck)
      append(run.text, run.look(base), target: target)
    }
    if isImage { append("]", first.look(base), target: target) }
    guard let target, isImage || !LinkTarget.isSaid(target, by: text) else { return }
    guard isImage || !text.isEmpty else {
      // Nothing else to show for the link.
      return append(target, first.look(base), target: target)
    }
    let look = TextLook(.linkTarget)
    append(" (", look)
    append(target, look, target: target)
    append(")", look)
  }

  /// Begins or ends struck text, as the run wants it.
  private mutating func strike(_ run: InlineRun, _ base: TextLook, _ isStruck: inout Bool) {
    guard run.attributes.contains(.struck) != isStruck else { return }
    isStruck.toggle()
    appendStruckMark(base)
  }

  private mutating func appendStruckMark(_ base: TextLook) {
    append(LayoutGlyphs.struck, TextLook(base.role, base.attributes.union(.struck)), isMark: true)
  }
}

extension InlineRun {
  fileprivate func isOneLink(with other: InlineRun) -> Bool {
    target == other.target && attributes.contains(.image) == other.attributes.contains(.image)
  }

  fileprivate func look(_ base: TextLook) -> TextLook { TextLook(base.role, base.attributes.union(attributes)) }
}

/// What a link points to, beside its text.
enum LinkTarget {
  /// Whether the text already tells the target, so that it need not be shown.
  static func isSaid(_ target: String, by text: String) -> Bool {
    if text == target { return true }
    guard let scheme = ["https://", "http://", "mailto:"].first(where: { target.hasPrefix($0) }) else { return false }
    let bare = target.dropFirst(scheme.count)
    return text == bare || text + "/" == bare || scheme != "mailto:" && text + "/" == target
  }
}
