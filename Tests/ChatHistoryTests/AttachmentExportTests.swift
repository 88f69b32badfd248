import ChatHistory
import ChatModel
import Testing

/// Testing has a type of that name, too.
private typealias Attachment = ChatModel.Attachment

/// Files that went along with messages, in each form; that none is lost in ours, `RoundTripTests` says.
@Suite struct AttachmentExportTests {
  private let shelf = Shelf()
  private let text = Attachment(name: "a <b>.md", content: .text("x & ```"))
  private let image = Attachment(name: "cat.png", mediaType: "image/png", content: .image([1, 2, 3]))

  private var conversation: SavedConversation {
    let time = Timestamp(milliseconds: 0)
    let message = SavedMessage(
      id: MessageID("m"), parent: nil, role: .user, content: "Look", created: time, attachments: [text, image])
    return SavedConversation(id: ConversationID("c"), created: time, head: message.id, messages: [message])
  }

  @Test func forReading() {
    let markdown = ExportFormat.markdown.text(of: [conversation])
    #expect(
      markdown.contains(
        "Look\n\n**Attached** a \\<b\\>.md · 7 B\n\n````\nx & ```\n````\n\n**Attached** cat.png · image/png"))
    let html = ExportFormat.html.text(of: [conversation])
    #expect(html.contains("Attached a &lt;b&gt;.md · 7 B</p>"))
    #expect(html.contains("<pre><code>x &amp; ```</code></pre>") && html.contains("Attached cat.png · image/png · 3 B"))
  }

  @Test func openAIHasPartsAndBack() throws {
    let line = ExportFormat.openai.text(of: [conversation])
    #expect(
      line.contains(
        #""content":[{"text":"Look\n\nFile: a <b>.md\n````\nx & ```\n````","type":"text"},"#
          + #"{"image_url":{"url":"data:image/png;base64,AQID"},"type":"image_url"}]"#), "\(line)")
    var reading = ConversationImport(now: Timestamp(milliseconds: 0))
    try reading.read(Array(line.utf8))
    let message = try #require(reading.conversations.first?.messages.first)
    #expect(message.attachments.map(\.content) == [.image([1, 2, 3])])
    #expect(message.attachments.map(\.mediaType) == ["image/png"])
  }

  @Test func theStoreKeepsThem() async throws {
    let store = shelf.store()
    try await store.save([conversation])
    #expect(try await store.load(ConversationID("c")) == conversation)
    #expect(try await store.loadEnd(of: ConversationID("c"), count: 1).messages == conversation.messages)
    let copy = try await store.duplicate(ConversationID("c"))
    #expect(try await store.load(copy).messages == conversation.messages)
    #expect(conversation.conversation().turns.map(\.attachments) == [[text, image]])
  }
}
