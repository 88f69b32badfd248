/// The keys that scroll.
extension Transcript {
  /// Moves the page.
  mutating func move(_ scroll: Action.Scroll) {
    let page = max(1, rows - 1)
    switch scroll {
    case .lineUp: self.scroll(by: -1)
    case .lineDown: self.scroll(by: 1)
    case .halfPageUp: self.scroll(by: -max(1, rows / 2))
    case .halfPageDown: self.scroll(by: max(1, rows / 2))
    case .previousMessage: scrollToPreviousMessage()
    case .nextMessage: scrollToNextMessage()
    case .pageUp: self.scroll(by: -page)
    case .pageDown: self.scroll(by: page)
    case .top: scrollToTop()
    case .end: follow()
    }
  }
}
