import Glibc
import TerminalModel
import TestSupport
import Testing

/// What the model believes of a text's columns is what ncurses draws and a terminal shows.
@Suite struct WidthTests {
  // Left out is what libvterm 0.1 gives another width than the C library, tmux and newer terminals: U+0600, U+103A,
  // U+3099, and emoji from Unicode 10 on.
  private static let texts = [
    // Wide and narrow.
    "漢字かな", "ｆｕｌｌ", "ﾊﾝｶｸ", "한국어", "𠀀", "\u{3000}x", "㊗\u{FE0F}㊙", "Ａ", "…—“”·", "½Ⅷ①", "¹²³€£¥", "ŀǆﬁ",
    "─│┌█▉", "⠿", "𝒳𝔽", "ᚠᛇᚻ", "𓀀", "ﷺ", "𒐫", "\u{E0A0}", "·•‣◦▪", "\u{A0}x", "🀄🃏",
    // Combining marks, one and many, and without a base.
    "e\u{301}o\u{308}\u{301}", "z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "\u{301}", "👍\u{301}",
    // Emoji: families, skin tones, flags, presentation, keycaps, professions, text style.
    "👩\u{200D}👩\u{200D}👧\u{200D}👦", "👍🏽", "❤\u{FE0F}", "1\u{FE0F}\u{20E3}", "#\u{20E3}", "🇩🇪🇫🇷", "🇦", "🏳\u{FE0F}\u{200D}🌈",
    "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "🤷🏽\u{200D}♀\u{FE0F}", "👨\u{200D}🚀👨🏿\u{200D}💻",
    "🕵\u{FE0F}\u{200D}♂\u{FE0F}", "👁\u{FE0F}\u{200D}🗨\u{FE0F}", "👨🏻\u{200D}❤\u{FE0F}\u{200D}👨🏿", "☺☹☂☎\u{FE0F}✈\u{FE0F}",
    "⌚⏩⏰⛄⚡", "⁉\u{FE0F}‼\u{FE0F}", "🅰\u{FE0F}🈂\u{FE0F}", "〰\u{FE0F}〽\u{FE0F}", "☯\u{FE0E}⚠\u{FE0F}",
    // Indic and other scripts with marks.
    "क्षत्रिय", "हिन्दी", "தமிழ் கொ", "ไทยทำน้ำ", "ລາວໜ", "ខ្មែរ", "བོད", "ಕನ್ನಡ", "മലയാളം", "తెలుగు", "සිංහල",
    // Hangul from its parts, right to left, joiners.
    "\u{1112}\u{1161}\u{11AB}", "\u{1160}\u{11A8}", "\u{115F}", "שלום", "العربية", "مُحَمَّد", "می\u{200C}خواهم",
    "क्\u{200D}ष",
    "a\u{200D}b", "\u{200C}\u{200D}",
    // What must not be shown as it is.
    "a\tb\tcd", "\u{1B}[31m\u{7}\u{9B}\u{7F}", "a\u{202E}b\u{202C}c", "\u{2066}x\u{2069}", "b\u{200B}c\u{FEFF}",
    "x\u{E0041}", "\u{200E}\u{200F}",
    "a\u{AD}b", "\u{FFFE}", "\u{2028}x\u{2029}", "\u{180E}", "\u{378}", "\u{2060}\u{2064}", "\u{FFF9}\u{FFFB}", "\r\nx",
  ]

  private func file(_ text: String, _ name: String) throws -> String {
    let path = "/tmp/\(name)-\(getpid()).txt"
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
    return path
  }

  @Test func ncursesDrawsTheCells() throws {
    let path = try file(Self.texts.map { $0 + "|end" }.joined(separator: "\u{1E}"), "cells")
    defer { unlink(path) }
    let terminal = try PtyTerminal(
      binary(named: "TerminalProbe"), ["--cells", path], rows: Self.texts.count, columns: 40)
    #expect(terminal.wait { $0.line(Self.texts.count - 1).hasSuffix("|end") }, "\(terminal.text)")
    for (row, text) in Self.texts.enumerated() {
      for (column, cell) in DisplayText(text + "|end").cells.enumerated() {
        let shown = terminal.cell(row: row, column: column).text
        let wanted = cell.text == " " && shown.isEmpty ? "" : cell.text
        #expect(shown == wanted, "\(row), \(column): \(text.unicodeScalars.map { $0.value })")
      }
    }
  }

  /// Without ncurses, which knows where it wants things to be: the terminal's own cursor after the text.
  @Test func theCursorStandsBehindThem() throws {
    let rows = Self.texts.map { DisplayText($0).cells.map(\.text).joined() + "|" }
    let path = try file(rows.joined(separator: "\r\n"), "rows")
    defer { unlink(path) }
    let terminal = try PtyTerminal(
      "/bin/sh", ["-c", "stty raw; cat \(path); read x"], rows: rows.count, columns: 40)
    #expect(terminal.wait { $0.cursor.row == rows.count - 1 && $0.line(rows.count - 1).hasSuffix("|") })
    for (row, text) in Self.texts.enumerated() {
      let column = DisplayText.width(of: text)
      #expect(terminal.cell(row: row, column: column).text == "|", "\(row): \(text.unicodeScalars.map { $0.value })")
      #expect(DisplayText(text).columns == column)
    }
  }
}
