import CSQLite

/// A text as the index takes it in.
///
/// The tokenizer of SQLite's index takes letters in a row for one word. In scripts that put no spaces between words that is a whole
/// sentence, so each of their letters is set apart here by U+2060, which nobody sees and which comes out again: a word of
/// theirs is then found as a phrase of letters, wherever it stands.
enum SearchableText {
  /// Sets letters apart; no letter, and no part of a word.
  static let divider: Unicode.Scalar = "\u{2060}"
  /// Around the words that were found, in what the index returns. Formatting that nobody uses, and that is left out of texts.
  static let matchStart: Unicode.Scalar = "\u{206A}"
  static let matchEnd: Unicode.Scalar = "\u{206B}"

  /// True for a letter of a script without spaces between words, or whose endings stick to the words (Korean).
  private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Thai, Lao; Myanmar; Khmer
    case 0x0E01...0x0EDF, 0x1000...0x109F, 0x1780...0x17FF: true
    // Hiragana, Katakana, Bopomofo; Han; Hangul
    case 0x3041...0x312F, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: true
    // Han of compatibility, half-width Katakana, later Han
    case 0xF900...0xFAFF, 0xFF66...0xFF9D, 0x20000...0x3FFFF: true
    default: false
    }
  }

  static func make(_ text: String) -> String {
    // Most texts have no such letter: these are all written in three bytes or more, which begin with E0 at least.
    guard text.utf8.contains(where: { $0 >= 0xE0 }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case divider, matchStart, matchEnd: continue
      case _ where standsAlone(scalar):
        result.append(divider)
        result.append(scalar)
        result.append(divider)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Makes `searchable(text)` known to SQL.
  static func register(with database: OpaquePointer) {
    // That it can do no harm lets triggers and views call it.
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
    sqlite3_create_function_v2(
      database, "searchable", 1, flags, nil,
      { context, _, arguments in
        guard let argument = arguments?[0] else { return }
        guard let bytes = sqlite3_value_text(argument) else { return sqlite3_result_null(context) }
        let count = Int(sqlite3_value_bytes(argument))
        let text = UnsafeBufferPointer(start: bytes, count: count)
        guard text.contains(where: { $0 >= 0xE0 }) else { return sqlite3_result_value(context, argument) }
        var made = SearchableText.make(String(decoding: text, as: UTF8.self))
        made.withUTF8 { made in
          made.withMemoryRebound(to: CChar.self) { made in
            if let address = made.baseAddress { csqlite_result_text(context, address, UInt64(made.count)) }
          }
        }
      }, nil, nil, nil)
  }
}
