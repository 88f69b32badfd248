import ChatModel
import Foundation
import TestSupport
import Testing

/// Testing has a type of that name, too.
private typealias Attachment = ChatModel.Attachment

/// Files that go along with messages.
@Suite struct AttachmentTests {
  @Test(
    arguments: [
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "image/png"), ([0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"),
      (Array("GIF89a..".utf8), "image/gif"), (Array("RIFF1234WEBPVP8 ".utf8), "image/webp"),
      (Array("#!/bin/sh\n".utf8), "text/plain"), (Array("日本語".utf8), "text/plain"),
    ] as [([UInt8], String)])
  func kindsAreToldByContent(bytes: [UInt8], mediaType: String) throws {
    let file = try Attachment(name: "x.dat", bytes: bytes)
    #expect(file.mediaType == mediaType && file.byteCount == bytes.count)
    #expect(file.isImage == mediaType.hasPrefix("image/"))
  }

  @Test(
    arguments: [
      ([], "is empty"), (Array("%PDF-1.7".utf8), "is a PDF, not text"), ([0x50, 0x4B, 3, 4, 9], "is a ZIP"),
      ([0x61, 0, 0x62], "is binary, not text"), ([0xFF, 0xFE, 0x61, 0], "is UTF-16, not text"),
      ([0x61, 0xE9, 0x62], "is not text in UTF-8"), (Array("RIFF1234WAVE".utf8) + [0], "is binary"),
    ] as [([UInt8], String)])
  func whatCannotGoIsRefusedWithItsReason(bytes: [UInt8], reason: String) {
    #expect { try Attachment(name: "x", bytes: bytes) } throws: {
      ($0 as? Attachment.Refusal)?.reason.hasPrefix(reason) == true
    }
  }

  @Test func thereAreLimits() throws {
    let most = [UInt8](repeating: 0x61, count: Attachment.longestText)
    #expect(try Attachment(name: "x", bytes: most).byteCount == 1_000_000)
    #expect(throws: Attachment.Refusal(reason: "is too large for a text: 1.0 MB, at most 1.0 MB")) {
      try Attachment(name: "x", bytes: most + [0x61])
    }
    let image = [0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: Attachment.largestImage)
    #expect(throws: Attachment.Refusal.self) { try Attachment(name: "x", bytes: image) }
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 KB"), (8140, "8.1 KB"), (9950, "10 KB"), (99_949, "100 KB"),
    (999_499, "999 KB"), (999_500, "1.0 MB"), (10_485_760, "10 MB"), (2_000_000_000, "2 GB"),
  ])
  func sizes(count: Int, label: String) { #expect(ByteSize.label(count) == label) }

  @Test func base64IsThatOfOthers() {
    var random = SeededGenerator(state: 9)
    for count in 0..<200 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = Base64.encode(bytes)
      #expect(text == Data(bytes).base64EncodedString())
      #expect(Base64.decode(text) == bytes)
    }
    for wrong in ["A", "AA=", "AAA", "A===", "AB==", "AA=A", "A A=", "AAAA=AAA"] {
      #expect(Base64.decode(wrong) == nil, "\(wrong)")
    }
  }

  @Test func aTextHasItsFilesBelowIt() {
    let files = [
      Attachment(name: "a.md", content: .text("x\n```\ny\n````")),
      Attachment(name: "two\nlines.txt", content: .text("end\n")),
      Attachment(name: "cat.png", mediaType: "image/png", content: .image([1])),
    ]
    let message = Message(role: .user, content: "Look", attachments: files)
    let text = "Look\n\nFile: a.md\n`````\nx\n```\ny\n````\n`````\n\nFile: two lines.txt\n```\nend\n```"
    #expect(message.text(namingImages: false) == text)
    #expect(message.text(namingImages: true) == text + "\n\n[Image: cat.png]")
    #expect(files.map(\.summary) == ["a.md · 12 B", "two lines.txt · 4 B", "cat.png · image/png · 1 B"])
  }

  @Test func requestsOfATalkHaveTheFilesOfEachTurn() {
    let file = Attachment(name: "a.md", content: .text("x"))
    var answer = TurnResult()
    answer.content = "Yes"
    answer.status = .complete
    let talk = Conversation(turns: [
      Turn(id: TurnID(1), prompt: "One", attachments: [file], result: answer),
      Turn(id: TurnID(2), prompt: "Two", attachments: [file], beginning: answer),
    ])
    #expect(talk.messages.map(\.attachments) == [[], [file], [], [file], [], []])
  }
}
