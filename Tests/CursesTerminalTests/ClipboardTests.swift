import Foundation
import TestSupport
import Testing

@testable import CursesTerminal

/// Texts on their way to the terminal's clipboard.
@Suite struct ClipboardTests {
  private let open = "\u{1B}]52;c;"

  @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar", "zażółć 漢\n"]) func isBase64(_ text: String) {
    #expect(ClipboardSequence.base64(text.utf8) == Data(text.utf8).base64EncodedString())
  }

  @Test func goesThroughMultiplexers() {
    #expect(ClipboardSequence.bytes(for: "foo", .plain) == "\(open)Zm9v\u{07}")
    #expect(
      ClipboardSequence.bytes(for: "foo", .tmux)
        == "\(open)Zm9v\u{07}\u{1B}Ptmux;\u{1B}\(open)Zm9v\u{07}\u{1B}\\")
    #expect(ClipboardSequence.bytes(for: "foo", .screen) == "\u{1B}P\(open)Zm9v\u{07}\u{1B}\\")
  }

  @Test func screenGetsPieces() throws {
    let text = String(repeating: "text", count: 1000)
    let sequence = try #require(ClipboardSequence.bytes(for: text, .screen))
    let pieces = sequence.components(separatedBy: "\u{1B}\\").dropLast()
    #expect(pieces.count == 7 && pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count + 2 <= 768 })
    #expect(pieces.map { $0.dropFirst(2) }.joined() == ClipboardSequence.bytes(for: text, .plain))
  }

  @Test func hasALimit() {
    let longest = String(repeating: "x", count: ClipboardSequence.limit)
    #expect(ClipboardSequence.bytes(for: longest, .plain)?.utf8.count == 100_000)
    #expect(ClipboardSequence.bytes(for: longest + "x", .plain) == nil)
  }

  @Test func isSentAndSaysSo() throws {
    let terminal = try PtyTerminal(binary(named: "TerminalProbe"))
    #expect(terminal.waitForText("probe ready"))
    terminal.send("yY")
    #expect(terminal.waitForText("copied: sent\ncopied: tooLong(limit: 74994)"), "\(terminal.text)")
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.components(separatedBy: "\(open)emHFvMOzxYLEhw==\u{07}").count == 2)
    #expect(output.components(separatedBy: "]52;").count == 2)
  }

  @Test func isNotForTheConsole() throws {
    let terminal = try PtyTerminal(binary(named: "TerminalProbe"), environment: ["TERM": "linux"])
    #expect(terminal.waitForText("probe ready"))
    terminal.send("y")
    #expect(terminal.waitForText("copied: unsupported"), "\(terminal.text)")
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("]52;"))
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], TerminalKind.Clipboard.plain), (["TERM": "foot"], .plain), (["TERM": "vt100"], .none),
    (["TERM": "linux"], .none), (["TERM": "tmux-256color", "TMUX": "/tmp/t,1,0"], .tmux),
    (["TERM": "screen-256color", "TMUX": "/tmp/t,1,0"], .tmux), (["TERM": "screen"], .screen),
    (["TERM": "xterm-256color", "STY": "1.pts-1"], .screen), (["TERM": "stterm"], .none), ([:], .none),
  ])
  func findsTheWay(_ environment: [String: String], _ route: TerminalKind.Clipboard) {
    #expect(TerminalKind(environment: environment).clipboard == route)
  }

  @Test func earlyVTEGetsNoLinks() {
    #expect(!TerminalKind(environment: ["TERM": "xterm-256color", "VTE_VERSION": "4803"]).hasHyperlinks)
    #expect(TerminalKind(environment: ["TERM": "xterm-256color", "VTE_VERSION": "5202"]).hasHyperlinks)
    #expect(!TerminalKind(environment: ["TERM": "xterm"], hyperlinks: false).hasHyperlinks)
  }
}
