/// What `/set` sets; the raw value is what is typed.
public enum SettingName: String, CaseIterable, Sendable {
  case temperature
  case topP = "top-p"
  case maxTokens = "max-tokens"
  case seed
  case reasoningEffort = "reasoning-effort"
  case connectTimeout = "connect-timeout"
  case firstChunkTimeout = "first-chunk-timeout"
  case chunkTimeout = "chunk-timeout"
  case totalTimeout = "total-timeout"
  case retries
  case textWidth = "text-width"
  case smooth, animation, bell

  /// One line on what it is.
  var help: String {
    switch self {
    case .temperature: "how freely the model chooses its words"
    case .topP: "nucleus sampling: the share of likely words that it chooses among"
    case .maxTokens: "tokens of an answer, at most"
    case .seed: "the same seed makes like answers, where the service heeds it"
    case .reasoningEffort: "how long a reasoning model thinks"
    case .connectTimeout: "seconds until connected"
    case .firstChunkTimeout: "seconds until the first piece of an answer"
    case .chunkTimeout: "seconds between two pieces"
    case .totalTimeout: "seconds for a whole turn"
    case .retries: "further attempts where a request fails before its answer begins"
    case .textWidth: "columns of running text, at most"
    case .smooth: "answers that come in bursts flow onto the screen"
    case .animation: "signs may move by themselves"
    case .bell: "rings when an answer of so many seconds ends and nobody looks"
    }
  }

  /// What values it takes.
  var range: String {
    switch self {
    case .temperature: "a number from 0 to 2"
    case .topP: "a number from 0 to 1"
    case .maxTokens: "a whole number from 1"
    case .seed: "a whole number"
    case .reasoningEffort: "a word: none, minimal, low, medium, high, or what the service knows"
    case .connectTimeout, .firstChunkTimeout, .chunkTimeout, .totalTimeout:
      "seconds, decimals allowed; 0 or off turns it off"
    case .retries: "a whole number from 0 to 100"
    case .textWidth: "a whole number from 20; 0 for the whole window"
    case .smooth, .animation: "on or off"
    case .bell: "seconds; off for never"
    }
  }

  /// True for what the service is asked with; the others are the screen's own.
  public var isOfService: Bool {
    switch self {
    case .textWidth, .smooth, .animation, .bell: false
    default: true
    }
  }

  /// Reads a value; nil where it is none of the range.
  func value(_ text: String) -> SettingValue? {
    switch self {
    case .temperature: number(text, 0...2)
    case .topP: number(text, 0...1)
    case .maxTokens: Int(text).flatMap { $0 >= 1 ? .integer($0) : nil }
    case .seed: Int(text).map { .integer($0) }
    case .reasoningEffort: isWord(text) ? .text(text) : nil
    case .connectTimeout, .firstChunkTimeout, .chunkTimeout, .totalTimeout, .bell:
      text == "off" ? .number(0) : number(text.hasSuffix("s") ? String(text.dropLast()) : text, 0...1e9)
    case .retries: Int(text).flatMap { (0...100).contains($0) ? .integer($0) : nil }
    case .textWidth: Int(text).flatMap { $0 == 0 || $0 >= 20 ? .integer($0) : nil }
    case .smooth, .animation: ["on": .isOn(true), "off": .isOn(false)][text]
    }
  }

  private func number(_ text: String, _ range: ClosedRange<Double>) -> SettingValue? {
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }) else { return nil }
    return Double(text).flatMap { range.contains($0) ? .number($0) : nil }
  }

  private func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 40
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
  }
}

/// A value of a setting.
public enum SettingValue: Equatable, Sendable {
  case number(Double)
  case integer(Int)
  case text(String)
  case isOn(Bool)
}

extension Double {
  /// As people write it: without a fraction where there is none.
  var plainText: String {
    self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self)
  }
}
