import CursesTerminal
import TerminalModel
import Testing

@Suite struct KeyDecoderTests {
  static let sequences: [(String, [TerminalInput])] = [
    ("a", [.key(Key(.character("a")))]),
    ("é漢👩", [.key(Key(.character("é"))), .key(Key(.character("漢"))), .key(Key(.character("👩")))]),
    ("\r", [.key(Key(.enter))]), ("\n", [.key(Key(.character("j"), .control))]),
    ("\u{1B}\r", [.key(Key(.enter, .alt))]), ("\u{1B}x", [.key(Key(.character("x"), .alt))]),
    ("\u{1B}é", [.key(Key(.character("é"), .alt))]), ("\u{1B}\u{7F}", [.key(Key(.backspace, .alt))]),
    ("\u{7F}\u{8}", [.key(Key(.backspace)), .key(Key(.backspace))]),
    ("\t\u{1B}[Z", [.key(Key(.tab)), .key(Key(.tab, .shift))]),
    ("\u{3}\u{1A}\u{1F}", ["c", "z", "_"].map { .key(Key(.character($0), .control)) }),
    ("\u{1B}[A\u{1B}OB", [.key(Key(.up)), .key(Key(.down))]),
    ("\u{1B}[1;5D\u{1B}[1;5C", [.key(Key(.left, .control)), .key(Key(.right, .control))]),
    ("\u{1B}[1;5H\u{1B}[1;5F", [.key(Key(.home, .control)), .key(Key(.end, .control))]),
    ("\u{1B}Od\u{1B}[7^", [.key(Key(.left, .control)), .key(Key(.home, .control))]),
    ("\u{1B}[H\u{1B}[4~\u{1B}OF", [.key(Key(.home)), .key(Key(.end)), .key(Key(.end))]),
    ("\u{1B}[5~\u{1B}[6~\u{1B}[3~\u{1B}[2~", [.pageUp, .pageDown, .delete, .insert].map { .key(Key($0)) }),
    ("\u{1B}[5;5~", [.key(Key(.pageUp, .control))]),
    ("\u{1B}OP\u{1B}[12~\u{1B}[[C\u{1B}[14~\u{1B}[15~\u{1B}[17~", (1...6).map { .key(Key(.function($0))) }),
    ("\u{1B}[23~\u{1B}[24~", [.key(Key(.function(11))), .key(Key(.function(12)))]),
    ("\u{1B}[1;2P", [.key(Key(.function(1), .shift))]),
    ("\u{1B}[13;2u\u{1B}[27;2;13~", [.key(Key(.enter, .shift)), .key(Key(.enter, .shift))]),
    ("\u{1B}[27u\u{1B}[99;5u", [.key(Key(.escape)), .key(Key(.character("c"), .control))]),
    ("\u{1B}[97;2u\u{1B}[27;6;95~", [.key(Key(.character("A"))), .key(Key(.character("_"), .control))]),
    ("\u{1B}[97;1:3u", []),
    // Kitty's protocol: what Shift makes of the key, keys that are others in disguise, the keypad.
    (
      "\u{1B}[45:95;6u\u{1B}[45:95;4u\u{1B}[98:66;4u",
      [
        .key(Key(.character("_"), .control)), .key(Key(.character("_"), .alt)), .key(Key(.character("B"), .alt)),
      ]
    ),
    ("\u{1B}[91;5u\u{1B}[109;5u\u{1B}[105;5u\u{1B}[104;5u", [.escape, .enter, .tab, .backspace].map { .key(Key($0)) }),
    ("\u{1B}[105;6u\u{1B}[32;2u", [.key(Key(.character("i"), [.control, .shift])), .key(Key(.character(" ")))]),
    (
      "\u{1B}[57400;129u\u{1B}[57413u\u{1B}[57414;2u\u{1B}[57421u\u{1B}[57427u",
      [
        .key(Key(.character("1"))), .key(Key(.character("+"))), .key(Key(.enter, .shift)), .key(Key(.pageUp)),
      ]
    ),
    ("\u{1B}\u{1B}[A", [.key(Key(.up, .alt))]),
    ("\u{1B}\u{1B}a", [.key(Key(.escape)), .key(Key(.character("a"), .alt))]),
    ("\u{1B}[I\u{1B}[O", [.focus(true), .focus(false)]),
    (
      "\u{1B}[<64;10;5M\u{1B}[<65;10;5M\u{1B}[<0;1;1M\u{1B}[<0;1;1m",
      [
        .wheel(-3, at: Position(column: 9, row: 4)), .wheel(3, at: Position(column: 9, row: 4)),
        .click(Position(column: 0, row: 0)),
      ]
    ),
    ("\u{1B}[<4;12;5M\u{1B}[<1;1;1M\u{1B}[<32;1;1M\u{1B}[<0;0;1M", [.click(Position(column: 11, row: 4))]),
    ("\u{1B}[M !!x", [.key(Key(.character("x")))]),
    // Swallowed: unknown sequences, and answers to questions that nobody asked.
    (
      "\u{1B}[99~x\u{1B}[?62;c\u{1B}[1;2;3;4Xy\u{1B}OQ",
      [
        .key(Key(.character("x"))), .key(Key(.character("y"))), .key(Key(.function(2))),
      ]
    ),
    ("\u{1B}]11;rgb:0/0/0\u{7}x\u{1B}P1+r\u{1B}\\y", [.key(Key(.character("x"))), .key(Key(.character("y")))]),
    (
      "\u{1B}[200~a\r\nb\rc\nd\u{1B}[A\u{1}\u{1B}\u{1B}[201~x",
      [
        .paste("a\nb\nc\nd\u{1B}[A\u{1}\u{1B}"), .key(Key(.character("x"))),
      ]
    ),
    ("\u{1B}[200~\u{1B}[201~", [.paste("")]),
    ("\u{1B}[200~1\u{1B}[201~\u{1B}[200~2\u{1B}[201~", [.paste("1"), .paste("2")]),
  ]

  /// However the bytes are cut, the same inputs come.
  @Test(arguments: sequences) func decodesAtEverySplit(_ text: String, _ expected: [TerminalInput]) {
    let bytes = Array(text.utf8)
    for split in 0...bytes.count {
      var decoder = KeyDecoder()
      let inputs = decoder.consume(bytes[..<split]) + decoder.consume(bytes[split...])
      #expect(inputs == expected, "split at \(split)")
    }
    var decoder = KeyDecoder()
    #expect(bytes.flatMap { decoder.consume([$0]) } == expected)
    #expect(decoder.timeOut().isEmpty)
  }

  @Test(arguments: [
    ("\u{1B}", [Key(.escape)]), ("\u{1B}\u{1B}", [Key(.escape), Key(.escape)]),
    ("\u{1B}[", [Key(.character("["), .alt)]), ("\u{1B}O", [Key(.character("O"), .alt)]),
    ("\u{1B}]", [Key(.character("]"), .alt)]), ("\u{1B}[1;", []),
  ])
  func timesOut(_ text: String, _ expected: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.consume(Array(text.utf8)).isEmpty)
    #expect(decoder.isEscapePending)
    #expect(decoder.timeOut() == expected.map { .key($0) })
    #expect(decoder.consume([0x61]) == [.key(Key(.character("a")))])
  }

  @Test func repairsWhatIsNoText() {
    var decoder = KeyDecoder()
    let keys = decoder.consume([0xFF, 0x61, 0xE6, 0x62])
    #expect(keys == ["\u{FFFD}", "a", "\u{FFFD}", "b"].map { .key(Key(.character($0))) })
    #expect(decoder.consume([0xC2, 0x9B, 0x41]) == [.key(Key(.character("A")))])
  }

  @Test func knowsTheTerminalsOwnKeys() {
    var decoder = KeyDecoder(known: [Array("\u{1B}[224z".utf8): Key(.function(1))])
    #expect(decoder.consume(Array("\u{1B}[224z\u{1B}[A".utf8)) == [.key(Key(.function(1))), .key(Key(.up))])
  }

  /// Nothing that comes may stop the decoder, or have it type what is left of a sequence without end.
  @Test func survivesNoise() {
    var state: UInt64 = 7
    var decoder = KeyDecoder()
    for _ in 0..<2000 {
      let noise = (0..<40).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let byte = UInt8(truncatingIfNeeded: state >> 33)
        return byte < 60 ? Array("\u{1B}[;O<~MP]".utf8)[Int(byte) % 9] : byte
      }
      _ = decoder.consume(noise)
      _ = decoder.timeOut()
    }
  }
}
