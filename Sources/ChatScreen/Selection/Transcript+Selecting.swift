/// From one thing that can be selected to the next. Only messages on the way are parsed.
extension Transcript {
  /// The place of the item that holds a selected thing; nil where it is gone.
  func index(of selected: Selected) -> Int? {
    let index = items.partitioningIndex { $0.id >= selected.item }
    return index < items.count && items[index].id == selected.item ? index : nil
  }

  /// The message at an item's place, or the nearest above it, or else below it.
  func message(near index: Int) -> Selected? {
    let near =
      items.indices.prefix(index + 1).last { items[$0].isSelectable }
      ?? items.indices.dropFirst(index).first { items[$0].isSelectable }
    return near.map { Selected(item: items[$0].id) }
  }

  /// The next message; nil at the last.
  func message(after selected: Selected) -> Selected? {
    guard let index = index(of: selected) else { return nil }
    return items[(index + 1)...].first { $0.isSelectable }.map { Selected(item: $0.id) }
  }

  /// The message before; nil at the first.
  func message(before selected: Selected) -> Selected? {
    guard let index = index(of: selected) else { return nil }
    return items[..<index].last { $0.isSelectable }.map { Selected(item: $0.id) }
  }

  /// What comes next: a message counts as standing at its end, behind what is in it. So the way up from the end of the
  /// talk, where one begins, meets each message before its parts, and each part where it stands on the page.
  mutating func selectable(after selected: Selected) -> Selected? {
    if selected.block != nil { return inner(after: selected) ?? selected.message }
    guard let message = message(after: selected) else { return nil }
    return inner(after: message) ?? message
  }

  /// What comes before, likewise.
  mutating func selectable(before selected: Selected) -> Selected? {
    (selected.block == nil ? lastInner(of: selected) : inner(before: selected)) ?? message(before: selected)
  }

  /// The next thing within the same message.
  mutating func inner(after selected: Selected) -> Selected? {
    guard let index = index(of: selected) else { return nil }
    var next = selected
    next.number = selected.part == nil ? 0 : selected.number + 1
    next.part = selected.part ?? 0
    var block = selected.block ?? 0
    if selected.block != nil, selected.part == nil { block += 1 }
    while block < items[index].blocks.count {
      next.block = block
      if items[index].blocks[block].isSelectable { return Selected(item: selected.item, block: block) }
      let count = items[index].blocks[block].content.markdownPartCount()
      var part = next.part ?? 0
      while part < count {
        next.part = part
        if next.number < codeCount(index, block, part) { return next }
        next.number = 0
        part += 1
      }
      next.part = 0
      next.number = 0
      block += 1
    }
    return nil
  }

  /// The last thing within a message.
  mutating func lastInner(of message: Selected) -> Selected? {
    guard let index = index(of: message) else { return nil }
    return inner(before: Selected(item: message.item, block: items[index].blocks.count))
  }

  /// The thing before within the same message; what is selected need not be there.
  mutating func inner(before selected: Selected) -> Selected? {
    guard let index = index(of: selected), let here = selected.block else { return nil }
    if let part = selected.part {
      if selected.number > 0, selected.number <= codeCount(index, here, part) {
        return Selected(item: selected.item, block: here, part: part, number: selected.number - 1)
      }
      if let code = lastCode(index, block: here, before: part) { return code }
    }
    for block in (0..<min(here, items[index].blocks.count)).reversed() {
      if items[index].blocks[block].isSelectable { return Selected(item: selected.item, block: block) }
      let count = items[index].blocks[block].content.markdownPartCount()
      if let code = lastCode(index, block: block, before: count) { return code }
    }
    return nil
  }

  private func lastCode(_ index: Int, block: Int, before end: Int) -> Selected? {
    for part in (0..<end).reversed() {
      let count = codeCount(index, block, part)
      if count > 0 { return Selected(item: items[index].id, block: block, part: part, number: count - 1) }
    }
    return nil
  }

  private func codeCount(_ index: Int, _ block: Int, _ part: Int) -> Int {
    items[index].blocks[block].content.markdown.codeCount(inPart: part)
  }

  /// Whether there still is such a thing.
  mutating func holds(_ selected: Selected) -> Bool {
    guard let index = index(of: selected) else { return false }
    guard let block = selected.block else { return true }
    guard items[index].blocks.indices.contains(block) else { return false }
    guard let part = selected.part else { return items[index].blocks[block].isSelectable }
    return part < items[index].blocks[block].content.markdownPartCount()
      && selected.number < codeCount(index, block, part)
  }
}
