import ChatModel

extension Message {
  /// What a message says, for wires that take images: a text where there are none, else parts, the text first.
  ///
  /// - Parameters:
  ///   - text, image: the types of the parts.
  ///   - source: how a part gives the image's `data:` URL.
  func parts(text textType: String, image imageType: String, source: (String) -> JSONValue) -> JSONValue {
    let text = text(namingImages: false)
    let images = attachments.compactMap { file -> JSONValue? in
      guard case .image(let bytes) = file.content else { return nil }
      let url = "data:\(file.mediaType);base64,\(Base64.encode(bytes))"
      return .object(["type": .string(imageType), "image_url": source(url)])
    }
    if images.isEmpty { return .string(text) }
    let part = JSONValue.object(["type": .string(textType), "text": .string(text)])
    return .array((text.isEmpty ? [] : [part]) + images)
  }
}

extension Provider {
  /// True where the protocol has a place for images; whether the model takes them, the service says.
  public var takesImages: Bool {
    switch kind.wire {
    case .chatCompletions, .responses: true
    case .textCompletions, .assistants: false
    }
  }

  /// Throws where images go along with the question that this protocol has no place for. Those of earlier questions are
  /// named: a talk must not be stuck on them.
  func checkImages(of request: ChatRequest) throws(ChatError) {
    guard !takesImages, let image = request.messages.last?.attachments.first(where: \.isImage) else { return }
    throw ChatError(
      .badRequest, "\(name) takes no images: \(image.shownName) cannot go along",
      remedy: "Ask without it, or another provider")
  }
}
