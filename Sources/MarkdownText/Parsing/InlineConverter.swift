import CCmark

/// Turns the inline nodes of a block into runs. It walks without recursion: emphasis nests as deep as a line is long.
struct InlineConverter {
  let disguise: SourceDisguise
  private var runs: [InlineRun] = []
  /// What was added last is a break that stood there as a tag.
  private var isAfterBreak = false
  private var emphasis = 0, strong = 0, struck = 0
  /// The links and images that are open, innermost last, and how many runs there were when they began.
  private var targets: [(target: String, isImage: Bool, firstRun: Int)] = []

  /// The runs below `block`.
  static func runs(of block: OpaquePointer, _ disguise: SourceDisguise) -> [InlineRun] {
    var converter = Self(disguise: disguise)
    guard let iterator = cmark_iter_new(block) else { return [] }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
      if node != block { converter.visit(node, isEntering: event == CMARK_EVENT_ENTER) }
    }
    return converter.runs
  }

  private init(disguise: SourceDisguise) { self.disguise = disguise }

  private mutating func visit(_ node: OpaquePointer, isEntering: Bool) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: addText(literal(of: node))
    case CMARK_NODE_HTML_INLINE:
      let tag = literal(of: node)
      if Self.isLineBreak(tag) { breakLine() } else { add(tag) }
    case CMARK_NODE_CODE: add(literal(of: node), .code)
    case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
      // A break that was written as a tag is not doubled by the end of its line.
      if !isAfterBreak { add("\n") }
    case CMARK_NODE_EMPH: emphasis += isEntering ? 1 : -1
    case CMARK_NODE_STRONG: strong += isEntering ? 1 : -1
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      if isEntering { open(node) } else { close() }
    default:
      if CmarkTree.typeName(of: node) == "strikethrough" { struck += isEntering ? 1 : -1 }
    }
  }

  /// Text; blanks right behind a break are none.
  private mutating func addText(_ text: String) {
    add(isAfterBreak ? String(text.drop { $0 == " " }) : text)
  }

  /// `<br>`, the one tag that means something where tables have no other way to end a line.
  private mutating func breakLine() {
    add("\n")
    isAfterBreak = true
  }

  private static func isLineBreak(_ tag: String) -> Bool {
    let name = tag.dropFirst().prefix { $0 != ">" && $0 != "/" && $0 != " " }
    return name.lowercased() == "br" && !tag.hasPrefix("</")
  }

  private func literal(of node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { disguise.reveal(String(cString: $0)) } ?? ""
  }

  private mutating func open(_ node: OpaquePointer) {
    let target = cmark_node_get_url(node).map { disguise.reveal(String(cString: $0)) } ?? ""
    targets.append((target, cmark_node_get_type(node) == CMARK_NODE_IMAGE, runs.count))
  }

  /// A link without a text shows its target; an image without one stays an empty run, which says where it is.
  private mutating func close() {
    guard let last = targets.last else { return }
    if runs.count == last.firstRun { add(last.isImage ? "" : last.target, keepsEmpty: last.isImage) }
    targets.removeLast()
  }

  private mutating func add(_ text: String, _ extra: InlineAttributes = [], keepsEmpty: Bool = false) {
    guard !text.isEmpty || keepsEmpty else { return }
    isAfterBreak = false
    var attributes = extra
    if emphasis > 0 { attributes.insert(.emphasis) }
    if strong > 0 { attributes.insert(.strong) }
    if struck > 0 { attributes.insert(.struck) }
    if targets.contains(where: { !$0.isImage }) { attributes.insert(.link) }
    if targets.contains(where: { $0.isImage }) { attributes.insert(.image) }
    let target = targets.last.flatMap { $0.target.isEmpty ? nil : $0.target }
    // Runs of one link stay apart from those of the next, even to the same target.
    let mayJoin = runs.count > (targets.last?.firstRun ?? 0)
    if mayJoin, let last = runs.last, last.attributes == attributes, last.target == target {
      runs[runs.count - 1].text += text
    } else {
      runs.append(InlineRun(text, attributes, target: target))
    }
  }
}
