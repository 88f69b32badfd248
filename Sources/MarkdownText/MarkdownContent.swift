/// A Markdown text that grows: parsed and laid out part by part, as far as it is looked at.
///
/// ```swift
/// content.append(piece)
/// content.update()
/// content.layOut(part: content.parts.count - 1, LayoutOptions(width: 80))
/// ```
/// Any cutting of a text into pieces ends in the same parts as the whole text at once. While it grows, an unfinished block
/// is taken for what it is going to be.
public struct MarkdownContent: Equatable, Sendable {
  public private(set) var source = ""
  /// Those that nothing can change any more, and behind them the parts of the source's end.
  public var parts: [MarkdownPart] { settler.parts }
  private var isEnded = false
  private var settler = SourceSettler()
  /// The end has defined links that parts before it name; all is parsed again when it goes on after all.
  private var endDefines = false
  private var updated: (length: Int, isEnded: Bool) = (0, false)

  /// A text, or the beginning of one.
  public init(_ source: String = "") { append(source) }

  /// Adds a piece, which may begin or end anywhere; costs its length.
  public mutating func append(_ piece: String) { source += piece }

  /// Nothing more will come: what is open is taken as it stands.
  public mutating func end() { isEnded = true }

  /// More will come after all.
  public mutating func reopen() {
    isEnded = false
    if endDefines { settler = SourceSettler() }
    endDefines = false
  }

  /// Parses what came since the last time; costs no more than that and the last part.
  ///
  /// `limit`: about how many bytes to take and to parse; where that is not enough, `isBehind` holds, and the parts are those
  /// of a beginning of the text until further updates.
  public mutating func update(limit: Int = .max / 2) {
    let utf8 = source.utf8
    guard isBehind || updated != (utf8.count, isEnded) else { return }
    updated = (utf8.count, isEnded)
    endDefines = settler.update(utf8, isEnded: isEnded, limit: limit) || endDefines
  }

  /// An update has left some of the text to the next one.
  public var isBehind: Bool { settler.isBehind }

  /// Lays out one part.
  public mutating func layOut(part: Int, _ options: LayoutOptions) {
    settler.layOut(part: part, source.utf8, options)
  }

  /// How many parts nothing that follows can change.
  public var settledPartCount: Int { settler.settledCount }

  /// The text of a part as it is shown; costs its length.
  public mutating func shownText(ofPart part: Int) -> String {
    settler.refresh(part, source.utf8)
    return parts[part].shownText
  }

  /// Bytes that were parsed up to now: what growing has cost.
  var parsedBytes: Int { settler.parsedBytes }

  /// What is shown counts, not how it came.
  public static func == (left: Self, right: Self) -> Bool {
    left.source == right.source && left.isEnded == right.isEnded && left.parts == right.parts
  }
}
