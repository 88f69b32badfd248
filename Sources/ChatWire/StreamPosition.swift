/// How far the stream of a response that the service stores was read.
public struct StreamPosition: Equatable, Sendable {
  /// The service's name for the response.
  public let response: String
  /// The number of the last event that was read; nil where the service does not count them.
  public let lastEvent: Int?
}
