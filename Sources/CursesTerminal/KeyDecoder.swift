import TerminalModel

/// Turns the bytes that a terminal sends into keys: xterm's control sequences in their legacy, modifyOtherKeys and CSI-u
/// forms, those of the Linux console and rxvt, and what the terminal's own description adds.
///
/// Sources: xterm's ctlseqs, "PC-Style Function Keys" and "Bracketed Paste Mode"; the fixterms CSI-u description.
/// A sequence that means nothing to us is swallowed, never typed as text.
public struct KeyDecoder: Sendable {
  /// What has come of a sequence whose end is missing.
  public enum Pending: Sendable {
    case nothing
    /// An escape character: the key, unless more follows at once.
    case escape
    /// The beginning of a sequence that no key begins alone but Alt with a bracket.
    case sequence
    /// A paste or a character, which may take its time.
    case text
  }

  /// Sequences of the terminal's description that differ from the common ones.
  private let known: [[UInt8]: Key]
  private var buffer: [UInt8] = []
  private var position = 0
  private var paste: [UInt8]?
  private var inputs: [TerminalInput] = []

  /// `known`: whole sequences, each beginning with an escape character.
  public init(known: [[UInt8]: Key] = [:]) { self.known = known }

  public var pending: Pending {
    if paste != nil { return .text }
    guard let first = buffer.first else { return .nothing }
    return first != 0x1B ? .text : buffer.count == 1 ? .escape : .sequence
  }

  /// Whether `timeOut` is to be called when nothing more comes.
  public var isEscapePending: Bool { paste == nil && buffer.first == 0x1B }

  /// The inputs that the bytes complete.
  public mutating func consume(_ bytes: some Collection<UInt8>) -> [TerminalInput] {
    if paste != nil { takePaste(bytes) } else { buffer.append(contentsOf: bytes) }
    decodeAll()
    return take()
  }

  /// Nothing followed in time: the pending escape is a key, and what came after it another.
  public mutating func timeOut() -> [TerminalInput] {
    guard paste == nil, buffer.first == 0x1B else { return [] }
    if buffer.allSatisfy({ $0 == 0x1B }) {
      for _ in buffer { emit(Key(.escape)) }
    } else if buffer.count == 2, let key = Self.key(ofByte: buffer[1]) {
      emit(Key(key.code, key.modifiers.union(.alt)))
    }
    buffer = []
    return take()
  }

  private mutating func take() -> [TerminalInput] {
    defer { inputs = [] }
    return inputs
  }

  private mutating func emit(_ key: Key) { inputs.append(.key(key)) }

  private mutating func decodeAll() {
    while position < buffer.count {
      guard let length = decode(buffer[position...]) else { break }
      position += length
    }
    buffer.removeFirst(min(position, buffer.count))
    position = 0
  }

  /// Decodes what begins here; its length, nil where its end is missing.
  private mutating func decode(_ bytes: ArraySlice<UInt8>) -> Int? {
    let first = bytes[bytes.startIndex]
    if first == 0x1B { return decodeEscape(bytes) }
    if first >= 0x80 { return decodeCharacter(bytes) }
    if let key = Self.key(ofByte: first) { emit(key) }
    return 1
  }

  /// The key of an ASCII byte.
  static func key(ofByte byte: UInt8) -> Key? {
    switch byte {
    case 0x00: Key(.character(" "), .control)
    case 0x08, 0x7F: Key(.backspace)
    case 0x09: Key(.tab)
    case 0x0D: Key(.enter)
    case 0x1B: Key(.escape)
    case 0x01...0x1A: Key(.character(Character(Unicode.Scalar(byte + 0x60))), .control)
    case 0x1C...0x1F: Key(.character(Character(Unicode.Scalar(byte + 0x40))), .control)
    case 0x20..<0x7F: Key(.character(Character(Unicode.Scalar(byte))))
    default: nil
    }
  }

  /// One scalar in UTF-8; bytes that are none become U+FFFD.
  private mutating func decodeCharacter(_ bytes: ArraySlice<UInt8>) -> Int? {
    let first = bytes[bytes.startIndex]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    let present = 1 + bytes.dropFirst().prefix(length - 1).prefix { $0 & 0xC0 == 0x80 }.count
    if present < length, present == bytes.count { return nil }
    let text = String(decoding: bytes.prefix(present), as: UTF8.self)
    // C1 controls are no characters that one types.
    if let scalar = text.unicodeScalars.first, !(0x80..<0xA0).contains(scalar.value) {
      emit(Key(.character(Character(scalar))))
    }
    return present
  }

  private mutating func decodeEscape(_ bytes: ArraySlice<UInt8>) -> Int? {
    if let match = knownSequence(bytes) {
      emit(match.key)
      return match.length
    }
    guard let second = bytes.dropFirst().first else { return nil }
    switch second {
    case 0x1B:
      // rxvt puts an escape before the sequence of a key that is pressed with Alt.
      if bytes.count == 2 { return nil }
      if bytes[bytes.startIndex + 2] == UInt8(ascii: "[") {
        let before = inputs.count
        guard let length = decodeEscape(bytes.dropFirst()) else { return nil }
        addAlt(from: before)
        return 1 + length
      }
      emit(Key(.escape))
      return 1
    case UInt8(ascii: "["): return decodeControlSequence(bytes)
    case UInt8(ascii: "O"): return decodeSingleShift(bytes)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      return decodeControlString(bytes)
    default:
      let before = inputs.count
      guard let length = decode(bytes.dropFirst()) else { return nil }
      addAlt(from: before)
      return 1 + length
    }
  }

  private mutating func addAlt(from index: Int) {
    for index in index..<inputs.count {
      if case .key(let key) = inputs[index] { inputs[index] = .key(Key(key.code, key.modifiers.union(.alt))) }
    }
  }

  private func knownSequence(_ bytes: ArraySlice<UInt8>) -> (key: Key, length: Int)? {
    if known.isEmpty { return nil }
    for length in stride(from: min(bytes.count, 12), to: 1, by: -1) {
      if let key = known[Array(bytes.prefix(length))] { return (key, length) }
    }
    return nil
  }

  // MARK: Control sequences

  /// `ESC [ parameters intermediates final`.
  private mutating func decodeControlSequence(_ bytes: ArraySlice<UInt8>) -> Int? {
    let body = bytes.dropFirst(2)
    guard let first = body.first else { return nil }
    if first == UInt8(ascii: "[") {
      // The Linux console's F1 to F5: `ESC [ [ A` to `E`.
      guard let letter = body.dropFirst().first else { return nil }
      if (0x41...0x45).contains(letter) { emit(Key(.function(Int(letter) - 0x40))) }
      return 4
    }
    guard let end = body.firstIndex(where: { !(0x20..<0x40).contains($0) }) else {
      // Nothing of ours is that long.
      return bytes.count > 64 ? bytes.count : nil
    }
    let length = end - bytes.startIndex + 1
    let final = body[end]
    if final < 0x20 || final == 0x1B || final >= 0x7F {
      // A control in the midst breaks the sequence off.
      return length - 1
    }
    if final == UInt8(ascii: "M"), end == body.startIndex {
      // The mouse's oldest form: three bytes follow.
      return bytes.count >= 6 ? 6 : nil
    }
    interpret(ControlSequence(body[body.startIndex..<end], final: final))
    return length
  }

  private mutating func interpret(_ sequence: ControlSequence) {
    switch (sequence.prefix, sequence.final) {
    case (nil, UInt8(ascii: "~")) where sequence.number(0) == 200: beginPaste()
    case (nil, UInt8(ascii: "I")) where sequence.isBare: inputs.append(.focus(true))
    case (nil, UInt8(ascii: "O")) where sequence.isBare: inputs.append(.focus(false))
    case (UInt8(ascii: "<"), UInt8(ascii: "M")): mouse(sequence)
    case (nil, _): if let key = sequence.key { emit(key) }
    default: break
    }
  }

  /// Lines that a notch of the wheel scrolls.
  private static let linesPerNotch = 3

  /// A mouse button by xterm's number: 0 is the first, 64 and 65 are the wheel, 4, 8 and 16 the modifiers.
  private mutating func mouse(_ sequence: ControlSequence) {
    switch (sequence.number(0) ?? 3) & ~0b11100 {
    case 0: if let place = Self.place(sequence) { inputs.append(.click(place)) }
    case 64: inputs.append(.wheel(-Self.linesPerNotch, at: Self.place(sequence)))
    case 65: inputs.append(.wheel(Self.linesPerNotch, at: Self.place(sequence)))
    default: break
    }
  }

  /// Where the pointer was, counted from 0; terminals count from 1.
  private static func place(_ sequence: ControlSequence) -> Position? {
    guard let column = sequence.number(1), let row = sequence.number(2), column > 0, row > 0 else { return nil }
    return Position(column: column - 1, row: row - 1)
  }

  /// `ESC O letter`, and rxvt's `ESC O a` for Ctrl with an arrow.
  private mutating func decodeSingleShift(_ bytes: ArraySlice<UInt8>) -> Int? {
    let body = bytes.dropFirst(2)
    guard let end = body.firstIndex(where: { !(0x30..<0x3A).contains($0) }) else { return nil }
    let letter = body[end]
    if letter < 0x20 || letter >= 0x7F {
      emit(Key(.character("O"), .alt))
      return 2
    }
    if (0x61...0x64).contains(letter) {
      if let code = ControlSequence.codes[letter - 0x20] { emit(Key(code, .control)) }
    } else if let key = ControlSequence(keypad: body[body.startIndex..<end], final: letter).key {
      emit(key)
    }
    return end - bytes.startIndex + 1
  }

  /// An answer that the terminal gives unasked, or Alt with the letter that begins one.
  private mutating func decodeControlString(_ bytes: ArraySlice<UInt8>) -> Int? {
    let body = bytes.dropFirst(2)
    guard let next = body.first else { return nil }
    let isAnswer = (0x30..<0x3A).contains(next) || [0x3E, 0x21, 0x2B, 0x24, 0x47].contains(next)
    guard isAnswer, body.count < 4096 else {
      if let key = Self.key(ofByte: bytes[bytes.startIndex + 1]) { emit(Key(key.code, .alt)) }
      return 2
    }
    guard let end = body.firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else { return nil }
    if body[end] == 0x07 { return end - bytes.startIndex + 1 }
    guard let last = body[end...].dropFirst().first else { return nil }
    return end - bytes.startIndex + (last == UInt8(ascii: "\\") ? 2 : 0)
  }

  // MARK: Paste

  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// What follows in the buffer belongs to the paste.
  private mutating func beginPaste() {
    paste = []
    // The sequence itself: everything up to its `~`.
    let tail = buffer[position...]
    guard let end = tail.firstIndex(of: UInt8(ascii: "~")) else { return }
    let rest = Array(tail[(end + 1)...])
    buffer.removeSubrange((end + 1)...)
    takePaste(rest)
  }

  private mutating func takePaste(_ bytes: some Collection<UInt8>) {
    guard var content = paste else { return }
    paste = nil
    // The end may have come in two pieces.
    var search = max(0, content.count - Self.pasteEnd.count + 1)
    content.append(contentsOf: bytes)
    while let escape = content[search...].firstIndex(of: 0x1B) {
      if content[escape...].starts(with: Self.pasteEnd) {
        inputs.append(.paste(Self.text(ofPaste: content[..<escape])))
        buffer.append(contentsOf: content[(escape + Self.pasteEnd.count)...])
        return
      }
      search = escape + 1
    }
    paste = content
  }

  /// Line ends become `\n`; everything else, controls too, is data.
  private static func text(ofPaste bytes: ArraySlice<UInt8>) -> String {
    var lines: [UInt8] = []
    lines.reserveCapacity(bytes.count)
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D {
        lines.append(0x0A)
      } else if byte != 0x0A || previous != 0x0D {
        lines.append(byte)
      }
      previous = byte
    }
    return String(decoding: lines, as: UTF8.self)
  }
}
