import ChatModel

/// A conversation as a page for a browser: one file without scripts that asks nothing of the network, in light and dark.
///
/// Answers are shown as the Markdown that they are; what others wrote, as they wrote it. Nothing of a text reaches the page
/// unescaped, and a content security policy says to the browser that there is nothing to run or to load.
enum HTMLExport {
  private static let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  static func opening(title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="referrer" content="no-referrer">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="\(HistoryJSON.format)">
    <title>\(escaped(title))</title>
    <style>
    \(HTMLStyle.text)
    </style>
    </head>
    <body>

    """
  }

  static let closing = "</body>\n</html>\n"

  static func text(of conversation: SavedConversation) -> String {
    var html = "<main>\n<h1 dir=\"auto\">\(escaped(conversation.shownTitle))</h1>\n<dl>\n"
    for (name, value) in Facts(conversation).rows { html += "<dt>\(name)</dt><dd>\(escaped(value))</dd>\n" }
    html += "</dl>\n"
    for message in conversation.path { html += article(message) }
    return html + "</main>\n"
  }

  private static func article(_ message: SavedMessage) -> String {
    let caption = Caption(message)
    var html = "<article class=\"\(message.role.rawValue)\">\n<h2>\(escaped(caption.speaker))</h2>\n"
    html += "<p class=\"details\">\(escaped(caption.details.joined(separator: " · ")))</p>\n"
    if let reasoning = message.answer?.reasoning, !reasoning.isEmpty {
      html += "<details>\n<summary>Reasoning</summary>\n\(RenderedMarkdown.html(reasoning))</details>\n"
    }
    if !message.content.isEmpty {
      html +=
        message.role == .assistant
        ? "<div dir=\"auto\">\n\(RenderedMarkdown.html(message.content))</div>\n"
        : "<div class=\"plain\" dir=\"auto\">\(escaped(message.content))</div>\n"
    }
    for file in message.attachments {
      html += "<p class=\"call\">Attached \(escaped(file.summary))</p>\n"
      if case .text(let text) = file.content {
        html += "<details>\n<summary>Text</summary>\n<pre><code>\(escaped(text))</code></pre></details>\n"
      }
    }
    if let refusal = message.answer?.refusal, !refusal.isEmpty {
      html += "<div class=\"plain\" dir=\"auto\">\(escaped(refusal))</div>\n"
    }
    for call in message.answer?.toolCalls ?? [] {
      let id = call.id.map { " (\($0))" } ?? ""
      html += "<p class=\"call\">Tool call \(escaped((call.name ?? "without a name") + id))</p>\n"
      html += "<pre><code>\(escaped(call.arguments))</code></pre>\n"
    }
    if let ending = caption.ending { html += "<p class=\"ending\">[\(escaped(ending))]</p>\n" }
    return html + "</article>\n"
  }

  /// Text as HTML shows it, also within quotes. What a page must not hold, or what reorders a line, becomes a mark.
  static func escaped(_ text: String) -> String {
    var html = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": html.append(contentsOf: "&amp;".unicodeScalars)
      case "<": html.append(contentsOf: "&lt;".unicodeScalars)
      case ">": html.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": html.append(contentsOf: "&quot;".unicodeScalars)
      case "'": html.append(contentsOf: "&#39;".unicodeScalars)
      default: html.append(mark(for: scalar) ?? scalar)
      }
    }
    return String(html)
  }

  /// What is shown for a character, nil where that is itself: no controls but the white ones, nothing that is no character, and, as
  /// on the screen, nothing that makes a line read otherwise than it is written.
  static func mark(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: nil
    case 0..<0x20, 0x7F..<0xA0: "\u{FFFD}"
    case 0xFDD0...0xFDEF: "\u{FFFD}"
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: "·"
    default: scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : nil
    }
  }
}
