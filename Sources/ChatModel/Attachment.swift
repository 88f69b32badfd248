/// A file that goes along with a message: text, or an image.
public struct Attachment: Equatable, Sendable {
  /// What the file holds.
  public enum Content: Equatable, Sendable {
    case text(String)
    case image([UInt8])
  }

  /// The path as the user gave it.
  public var name: String
  /// `text/plain`, `image/png`.
  public var mediaType: String
  public var content: Content

  /// Takes the parts as they are.
  public init(name: String, mediaType: String = "text/plain", content: Content) {
    self.name = name
    self.mediaType = mediaType
    self.content = content
  }

  public var isImage: Bool { if case .image = content { true } else { false } }

  /// Bytes of the file.
  public var byteCount: Int {
    switch content {
    case .text(let text): text.utf8.count
    case .image(let bytes): bytes.count
    }
  }

  /// Its name and its size, on one line: `notes.md · 8.1 KB`, `cat.png · image/png · 12 KB`.
  public var summary: String {
    ([shownName] + (isImage ? [mediaType] : []) + [ByteSize.label(byteCount)]).joined(separator: " · ")
  }

  /// The name on one line.
  public var shownName: String { name.split(whereSeparator: \.isNewline).joined(separator: " ") }

  /// How requests give it where they are text: a line with its name, and the text in a fence that is longer than any in it.
  /// An image is named.
  ///
  ///     File: notes.md
  ///     ```
  ///     what the file holds
  ///     ```
  public var asText: String {
    switch content {
    case .text(let text): "File: \(shownName)\n" + FencedText.fenced(text)
    case .image: "[Image: \(shownName)]"
    }
  }
}

/// Text as a block of Markdown's code.
public enum FencedText {
  /// The text between fences that are longer than any in it; its last line ends before the second.
  public static func fenced(_ text: String, language: String = "") -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(text)\(text.isEmpty || text.utf8.last == 0x0A ? "" : "\n")\(fence)"
  }
}

extension Attachment: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, text, data
    case mediaType = "media_type"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    mediaType = try values.decode(String.self, forKey: .mediaType)
    if let text = try values.decodeIfPresent(String.self, forKey: .text) {
      content = .text(text)
    } else if let bytes = Base64.decode(try values.decode(String.self, forKey: .data)) {
      content = .image(bytes)
    } else {
      throw DecodingError.dataCorruptedError(forKey: .data, in: values, debugDescription: "is not base64")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(name, forKey: .name)
    try values.encode(mediaType, forKey: .mediaType)
    switch content {
    case .text(let text): try values.encode(text, forKey: .text)
    case .image(let bytes): try values.encode(Base64.encode(bytes), forKey: .data)
    }
  }
}
