/// Where a message stands among those that were said, or answered, in the same place of a talk.
public struct Alternative: Equatable, Sendable {
  /// From 1.
  public var place: Int
  public var count: Int

  public init(place: Int, count: Int) {
    self.place = place
    self.count = count
  }

  /// The newest of so many; nil where it is the only one.
  public init?(newestOf count: Int) {
    guard count > 1 else { return nil }
    self.init(place: count, count: count)
  }
}
