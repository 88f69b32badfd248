import ChatModel

/// The user's messages in the transcript, counted from the end.
extension Transcript {
  /// Whether there is one that can be asked anew.
  var hasQuestion: Bool { items.contains { $0.kind == .user } }

  var questionCount: Int { items.count { $0.kind == .user } }

  /// A question as it was asked; 1 is the last.
  func question(fromEnd back: Int) -> Question? {
    index(ofQuestion: back).map { index in
      let text = items[index].blocks.first { $0.kind == .message }?.content.source ?? ""
      return Question(text, attachments: items[index].attachments)
    }
  }

  /// Takes the last questions away and what was answered to them; lines of the program's own stay.
  ///
  /// - Returns: how many messages stand in the place of the first of them.
  mutating func takeBack(_ count: Int) -> Int {
    guard let first = index(ofQuestion: count) else { return 0 }
    let alternatives = items[first].alternative?.count ?? 1
    items = items[..<first] + items[first...].filter { $0.kind == .notice }
    if !items.isEmpty { items[0].removeGap() }
    return alternatives
  }

  /// Brings a question onto the page, where it is not the last.
  mutating func showQuestion(fromEnd back: Int) {
    guard back > 1, let index = index(ofQuestion: back) else { return follow() }
    show(items[index].start(at: index))
  }

  private func index(ofQuestion back: Int) -> Int? {
    var left = back
    return items.lastIndex { item in
      if item.kind == .user { left -= 1 }
      return left == 0
    }
  }
}
