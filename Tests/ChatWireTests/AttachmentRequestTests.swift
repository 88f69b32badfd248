import ChatModel
import ChatWire
import Testing

/// Testing has a type of that name, too.
private typealias Attachment = ChatModel.Attachment

/// Files in requests: text as text, images where the protocol has a place for them.
@Suite struct AttachmentRequestTests {
  private let text = Attachment(name: "a.md", content: .text("x\n"))
  private let image = Attachment(name: "cat.png", mediaType: "image/png", content: .image([1, 2, 3, 255]))

  private func provider(_ kind: ProviderKind) -> Provider {
    var provider = Provider(name: kind.rawValue, kind: kind, endpoint: "https://example.com/v1")
    provider.model = "m"
    provider.deployment = "d"
    provider.assistantID = "a"
    return provider
  }

  private func request(_ files: [Attachment], before: [Attachment] = []) -> ChatRequest {
    ChatRequest(
      messages: [
        Message(role: .user, content: "Hi", attachments: before), Message(role: .assistant, content: "Hello"),
        Message(role: .user, content: "Look", attachments: files),
      ], model: "m")
  }

  private func body(_ kind: ProviderKind, _ request: ChatRequest) throws -> String {
    String(decoding: try provider(kind).chatRequest(request).body ?? [], as: UTF8.self)
  }

  private let written = #"Look\n\nFile: a.md\n```\nx\n```"#

  @Test(arguments: [ProviderKind.openai, .azureOpenAI, .azureAIInference, .ollama, .demo])
  func chatCompletions(kind: ProviderKind) throws {
    #expect(try body(kind, request([text])).contains(#"{"content":"\#(written)","role":"user"}"#))
    let parts =
      #"{"content":[{"text":"\#(written)","type":"text"},{"image_url":{"url":"data:image/png;base64,AQID/w=="},"#
      + #""type":"image_url"}],"role":"user"}"#
    #expect(try body(kind, request([image, text])).replacing(#"\/"#, with: "/").contains(parts))
  }

  @Test(arguments: [ProviderKind.openaiResponses, .azureOpenAIResponses])
  func responses(kind: ProviderKind) throws {
    #expect(try body(kind, request([text])).contains(#"{"content":"\#(written)","role":"user","type":"message"}"#))
    let parts =
      #"{"content":[{"text":"\#(written)","type":"input_text"},{"image_url":"data:image/png;base64,AQID/w==","#
      + #""type":"input_image"}],"role":"user","type":"message"}"#
    #expect(try body(kind, request([text, image])).replacing(#"\/"#, with: "/").contains(parts))
  }

  @Test(arguments: [
    ProviderKind.openaiCompletions, .azureOpenAICompletions, .openaiAssistants, .azureOpenAIAssistants,
  ])
  func whatTakesNoImagesSaysSoBeforeAnythingIsSent(kind: ProviderKind) throws {
    #expect(!provider(kind).takesImages)
    #expect {
      try TurnPlan(provider: provider(kind), request: request([text, image])).next()
    } throws: {
      ($0 as? ChatError)?.kind == .badRequest && ($0 as? ChatError)?.message.contains("cat.png") == true
    }
    // A talk is not stuck on an image of an earlier question.
    let later = try TurnPlan(provider: provider(kind), request: request([text], before: [image])).next()
    let body = String(decoding: later.request.body ?? [], as: UTF8.self)
    #expect(body.contains(#"Hi\n\n[Image: cat.png]"#))
  }

  @Test func legacyCompletionsHaveTheTextInTheirPrompt() throws {
    let alone = ChatRequest(messages: [Message(role: .user, content: "Look", attachments: [text])], model: "m")
    #expect(try body(.openaiCompletions, alone).contains(#""prompt":"\#(written)""#))
  }
}
