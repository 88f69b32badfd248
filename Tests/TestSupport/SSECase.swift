import Foundation

/// A case of `sse-cases-public.json`: pieces of a stream and the events that they hold.
public struct SSECase: Decodable, Sendable, CustomStringConvertible {
  public struct Event: Decodable, Sendable, Equatable {
    public var event: String?
    public var data: String
    public var id: String

    public init(event: String?, data: String, id: String) {
      self.event = event
      self.data = data
      self.id = id
    }
  }

  public var name: String
  public var chunks: [Data]
  public var events: [Event]
  public var retry: Int?
  public var description: String { name }

  public static let all: [SSECase] = fixture("sse-cases-public.json")
}
