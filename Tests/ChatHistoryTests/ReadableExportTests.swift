import CCmark
import ChatModel
import TestSupport
import Testing

@testable import ChatHistory

/// Forms for reading: whatever texts hold, the document around them stays what it is.
@Suite struct ReadableExportTests {
  private func conversation(_ contents: String...) -> SavedConversation {
    let time = Timestamp(milliseconds: 0)
    var messages: [SavedMessage] = []
    for (index, content) in contents.enumerated() {
      messages.append(
        SavedMessage(
          id: MessageID("\(index)"), parent: messages.last?.id, role: .assistant, content: content, created: time,
          answer: SavedAnswer(status: .complete)))
    }
    return SavedConversation(
      id: ConversationID("c"), title: "t", created: time, head: messages.last?.id, messages: messages)
  }

  /// The levels of the headings that are no part of a list or a quotation.
  private func levels(_ markdown: String) -> [Int] {
    var text = markdown
    let document = text.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) { ccmark_parse($0.baseAddress, $0.count) }
    }
    guard let document else { return [] }
    defer { cmark_node_free(document) }
    return sequence(first: document, next: { $0 == document ? cmark_node_first_child($0) : cmark_node_next($0) })
      .dropFirst().filter { cmark_node_get_type($0) == CMARK_NODE_HEADING }
      .map { Int(cmark_node_get_heading_level($0)) }
  }

  @Test(arguments: [
    ("# One\ntext", "### One\ntext"), ("###### Six", "###### Six"), ("   ## Two ##", "#### Two ##"),
    ("#tag", "#tag"), ("```\n# code\n```", "```\n# code\n```"), ("    # code", "    # code"), ("#", "###"),
    ("One\n===", "### One"), ("Two\n  lines\n---\nmore", "#### Two lines\nmore"), ("- a\n\n---\n", "- a\n\n---"),
    ("- # in a list", "- # in a list"), ("```\nopen", "```\nopen\n```"), ("````\n```\nopen", "````\n```\nopen\n````"),
    ("~~~\nopen", "~~~\nopen\n~~~"), ("<!-- open", "<!-- open\n-->"), ("<pre>\nx", "<pre>\nx\n</pre>"),
    ("a\r\n# b\r\n", "a\n### b"), ("", ""), ("[a]: b\nTitle\n===", "[a]: b\nTitle\n==="),
    ("#> one\ntwo\n===", "### #> one two"), ("\u{FEFF}# no heading inside", "\u{FEFF}# no heading inside"),
  ]) func embedded(text: String, expected: String) {
    #expect(EmbeddedMarkdown.text(text) == expected)
  }

  @Test func theMessagesOfADocumentAreItsSections() {
    var random = RandomConversation(seed: 3)
    for _ in 0..<60 {
      let conversation = conversation(random.text(), random.text(), random.text())
      let levels = levels(MarkdownExport.text(of: conversation))
      #expect(levels.filter { $0 <= 2 } == [1, 2, 2, 2], "\(conversation.messages.map(\.content))")
    }
  }

  @Test func pagesHoldNothingThatRunsOrLoads() {
    var random = RandomConversation(seed: 4)
    for index in 0..<100 {
      var conversation = random.next()
      conversation.title = "</title><script>alert(1)</script>" + conversation.title
      let html = ExportFormat.html.text(of: [conversation])
      for bad in ["<script", "<img", "src=", "\"javascript:", "<div onclick", "<link", "@import", "url("] {
        #expect(!html.contains(bad), "text \(index) holds \(bad)")
      }
      #expect(html.unicodeScalars.allSatisfy { HTMLExport.mark(for: $0) == nil }, "text \(index)")
      #expect(html.components("<article") == conversation.path.count)
      #expect(html.components("</article>") == conversation.path.count)
    }
  }

  @Test(arguments: [
    ("![a](http://b)", "<p><a href=\"http://b\">a</a></p>\n"),
    ("![](http://b)", "<p><a href=\"http://b\">http://b</a></p>\n"),
    ("[![a](b)](c)", "<p><a href=\"c\">a</a></p>\n"), ("x<b>y", "<p>x&lt;b&gt;y</p>\n"),
    ("<hr>", "<pre><code>&lt;hr&gt;\n</code></pre>\n"), ("# a", "<h3>a</h3>\n"),
    ("[x](JavaScript:alert(1))", "<p>x</p>\n"), ("![x](javascript:a)", "<p>x</p>\n"),
    ("<javascript:a>", "<p>javascript:a</p>\n"),
    ("[x](data:text/html,1)", "<p>x</p>\n"), ("a\u{0}\u{1B}b", "<p>a\u{FFFD}\u{FFFD}b</p>\n"),
    ("`a\u{202E}b` \u{2066}c", "<p><code>a·b</code> ·c</p>\n"), ("![a ![b](c)](d)", "<p><a href=\"d\">a b</a></p>\n"),
  ]) func rendered(markdown: String, html: String) {
    #expect(RenderedMarkdown.html(markdown) == html)
  }

  @Test func severalAreOneDocument() {
    let two = [conversation("a"), conversation("b")]
    #expect(ExportFormat.html.text(of: two).components("<main>") == 2)
    #expect(ExportFormat.html.text(of: two).components("<!DOCTYPE") == 1)
    #expect(ExportFormat.markdown.text(of: two).components("\n\n# t\n") == 1)
  }
}

extension String {
  /// How often a text is in this one.
  fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
