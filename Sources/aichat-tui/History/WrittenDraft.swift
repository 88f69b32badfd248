import ChatModel
import ChatScreen
import FoundationEssentials

/// A draft as it is written down, in JSON; other versions may know less of it, or more. Of files it has the paths: what they
/// hold is read anew.
struct WrittenDraft: Codable, Equatable {
  private var text: String?
  private var files: [WrittenFile]?
  private var waiting: [Message]?
  private var aside: Message?
  private var edit: Edited?

  private struct Edited: Codable, Equatable {
    var back: Int
    var asked: String
    var aside: Message?
  }

  /// A message: its text alone where no file goes along.
  private struct Message: Codable, Equatable {
    var text: String
    var files: [WrittenFile]?

    private enum CodingKeys: String, CodingKey { case text, files }

    init(_ question: Question, in folder: String) {
      text = question.text
      files = WrittenFile.all(question.attachments, in: folder)
    }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self.text = text
        return
      }
      let values = try decoder.container(keyedBy: CodingKeys.self)
      text = try values.decode(String.self, forKey: .text)
      files = try values.decodeIfPresent([WrittenFile].self, forKey: .files)
    }

    func encode(to encoder: any Encoder) throws {
      guard let files else {
        var value = encoder.singleValueContainer()
        return try value.encode(text)
      }
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(text, forKey: .text)
      try values.encode(files, forKey: .files)
    }
  }

  /// - Parameter folder: what relative paths are relative to.
  init(_ draft: Draft, in folder: String) {
    text = draft.input.text
    files = WrittenFile.all(draft.input.attachments, in: folder)
    waiting = draft.waiting.map { Message($0, in: folder) }
    aside = draft.aside.text.isEmpty ? nil : Message(draft.aside, in: folder)
    edit = draft.edit.map { Edited(back: $0.back, asked: $0.asked, aside: Message($0.aside, in: folder)) }
  }

  /// What was written; a text that is none of ours is the input.
  init(reading text: String) {
    if let read = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) { self = read } else { self.text = text }
  }

  var json: String { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  /// The draft, with its files as they are now. Blocks.
  func draft(reading reader: AttachedFile) -> Draft {
    var losses: [Draft.Loss] = []
    func question(_ text: String, _ files: [WrittenFile]?) -> Question {
      var attachments: [Attachment] = []
      for file in files ?? [] {
        switch file.read(by: reader) {
        case .success(let attachment):
          attachments.append(attachment)
          if !file.isOf(attachment) { losses.append(Draft.Loss(name: file.name, reason: nil)) }
        case .failure(let refusal): losses.append(Draft.Loss(name: file.name, reason: refusal.reason))
        }
      }
      return Question(text, attachments: attachments)
    }
    var draft = Draft(input: question(text ?? "", files))
    draft.waiting = (waiting ?? []).map { question($0.text, $0.files) }
    if let aside { draft.aside = question(aside.text, aside.files) }
    draft.edit = edit.map { edit in
      Draft.Edited(
        back: edit.back, asked: edit.asked, aside: edit.aside.map { question($0.text, $0.files) } ?? "")
    }
    draft.losses = losses
    return draft
  }
}

/// A file that goes along with a draft: where it lies, and how to tell that it is still the same.
struct WrittenFile: Codable, Equatable {
  /// As the user gave it.
  var name: String
  /// Absolute.
  private var path: String
  private var size: Int
  private var hash: UInt64

  fileprivate static func all(_ attachments: [Attachment], in folder: String) -> [WrittenFile]? {
    attachments.isEmpty ? nil : attachments.map { WrittenFile($0, in: folder) }
  }

  private init(_ attachment: Attachment, in folder: String) {
    name = attachment.name
    path = name.hasPrefix("/") || name.hasPrefix("~") ? name : folder + "/" + name
    size = attachment.byteCount
    hash = Self.hash(of: attachment)
  }

  fileprivate func read(by reader: AttachedFile) -> Result<Attachment, Attachment.Refusal> {
    switch reader.read(path) {
    case .read(var attachment):
      attachment.name = name
      return .success(attachment)
    case .missing: return .failure(Attachment.Refusal(reason: "is gone"))
    case .refused(_, let reason): return .failure(Attachment.Refusal(reason: reason))
    }
  }

  fileprivate func isOf(_ attachment: Attachment) -> Bool {
    attachment.byteCount == size && Self.hash(of: attachment) == hash
  }

  /// FNV-1a: it tells changes, not attacks.
  private static func hash(of attachment: Attachment) -> UInt64 {
    func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
      bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
    switch attachment.content {
    case .text(let text): return hash(text.utf8)
    case .image(let bytes): return hash(bytes)
    }
  }
}
