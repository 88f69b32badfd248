/// What a file is, by what it holds; its name says nothing.
extension Attachment {
  /// Bytes of a text that goes along with a message, at most: some 250,000 tokens.
  public static let longestText = 1_000_000
  /// Bytes of an image, at most: twice that, as base64, is what services take.
  public static let largestImage = 10_000_000

  /// Why a file cannot go along; the words go on after its name.
  public struct Refusal: Error, Equatable, Sendable {
    public var reason: String
    public init(reason: String) { self.reason = reason }
  }

  /// A file by what it holds: PNG, JPEG, GIF and WebP are images, what is UTF-8 without NUL is text; nothing else goes.
  public init(name: String, bytes: [UInt8]) throws(Refusal) {
    if bytes.isEmpty { throw Refusal(reason: "is empty") }
    if let mediaType = Self.imageType(of: bytes) {
      if bytes.count > Self.largestImage {
        throw .tooLarge("an image", bytes.count, limit: Self.largestImage)
      }
      self.init(name: name, mediaType: mediaType, content: .image(bytes))
      return
    }
    if let kind = Self.binaryKind(of: bytes) { throw Refusal(reason: "is \(kind), not text") }
    if bytes.count > Self.longestText { throw .tooLarge("a text", bytes.count, limit: Self.longestText) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Refusal(reason: "is not text in UTF-8")
    }
    self.init(name: name, content: .text(text))
  }

  /// The media type of an image that models take; nil for all else.
  static func imageType(of bytes: [UInt8]) -> String? {
    func begins(_ signature: [UInt8], at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: signature) }
    if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    if begins([0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if begins(Array("GIF87a".utf8)) || begins(Array("GIF89a".utf8)) { return "image/gif" }
    if begins(Array("RIFF".utf8)), begins(Array("WEBP".utf8), at: 8) { return "image/webp" }
    return nil
  }

  /// A word for what is surely no text; nil for what may be.
  private static func binaryKind(of bytes: [UInt8]) -> String? {
    let known: [([UInt8], String)] = [
      (Array("%PDF-".utf8), "a PDF"), ([0x50, 0x4B, 3, 4], "a ZIP archive or an office document"),
      ([0x1F, 0x8B], "compressed"), ([0x7F, 0x45, 0x4C, 0x46], "a program"), ([0xFF, 0xFE], "UTF-16"),
      ([0xFE, 0xFF], "UTF-16"), (Array("SQLite format 3".utf8), "a database"),
    ]
    if let (_, kind) = known.first(where: { bytes.starts(with: $0.0) }) { return kind }
    return bytes.contains(0) ? "binary" : nil
  }
}

extension Attachment.Refusal {
  /// Larger than anything of its kind may be.
  public static func tooLarge(_ kind: String, _ count: Int, limit: Int) -> Self {
    Self(reason: "is too large for \(kind): \(ByteSize.label(count)), at most \(ByteSize.label(limit))")
  }
}
