import ChatModel
import TerminalModel
import Testing

@testable import ChatScreen

struct ThemeTests {
  @Test func everyRoleHasANameOfItsOwn() {
    let roles = Mirror(reflecting: Theme.terminal).children.filter { $0.value is Style }
    #expect(Theme.roleNames.count == roles.count && Set(Theme.roleNames).count == roles.count)
    var theme = Theme(name: "mine", basedOn: .terminal)
    for name in Theme.roleNames { #expect(throws: Never.self) { try theme.set(name, to: "italic 42 on 7") } }
    let wanted = Style(foreground: .palette(42), background: .palette(7), attributes: .italic)
    #expect(Mirror(reflecting: theme).children.allSatisfy { ($0.value as? Style).map { $0 == wanted } ?? true })
  }

  @Test func keysLookLikeNothingBesideThem() throws {
    for theme in Theme.builtIn {
      let key = try #require(theme.look(ofRole: "key"))
      for other in ["code", "string", "number", "constant", "comment"] {
        #expect(theme.look(ofRole: other) != key, "\(theme.name) \(other)")
      }
    }
  }

  @Test(arguments: [
    ("bold blue", Style(foreground: .palette(4), attributes: .bold)),
    ("bright-white on black", Style(foreground: .palette(15), background: .palette(0))),
    ("underline dim reverse italic", Style(attributes: [.underline, .dim, .reverse, .italic])),
    ("#a0c0ff on default", Style(foreground: .palette(147))), ("#000000", Style(foreground: .palette(16))),
    ("#808080 on 255", Style(foreground: .palette(244), background: .palette(255))), ("default", .plain),
    ("  Bold   RED ", Style(foreground: .palette(1), attributes: .bold)), ("on 3", Style(background: .palette(3))),
  ]) func notation(_ text: String, _ style: Style) throws {
    #expect(try Style(notation: text) == style)
  }

  @Test(arguments: [
    ("", "empty"), ("bold blu", "did you mean blue?"), ("256", "end at 255"), ("#12345", "#rrggbb"),
    ("red blue", "two colours"), ("red on", "after “on”"), ("on red bold", "goes on"), ("on bold", "“bold”"),
    ("99999999999999999999", "end at 255"), ("٣", "“٣”"), ("#ａａａａａａ", "#rrggbb"),
  ]) func mistakes(_ text: String, _ words: String) {
    let mistake = #expect(throws: StyleMistake.self) { try Style(notation: text) }
    #expect(mistake?.reason.contains(words) == true, "\(mistake?.reason ?? "")")
  }

  /// Grounds of terminals: black, white, and Solarized's two.
  private static let grounds = [0x000000, 0xFFFFFF, 0x002B36, 0xFDF6E3]

  @Test func middlingColoursAreLegibleOnLightAndDark() throws {
    for theme in [Theme.calm, .warm] {
      for name in Theme.roleNames {
        let style = try #require(theme.look(ofRole: name))
        guard case .palette(let entry) = style.foreground else { continue }
        #expect(style.background == .standard && entry >= 16)
        for ground in Self.grounds {
          let contrast = Contrast.ratio(Contrast.color(ofEntry: entry), ground)
          #expect(contrast >= 3, "\(theme.name) \(name) on \(String(ground, radix: 16)): \(contrast)")
        }
      }
    }
  }

  @Test func aColourOnAGroundOfItsOwnIsFarFromIt() throws {
    for theme in Theme.builtIn {
      for name in Theme.roleNames {
        let style = try #require(theme.look(ofRole: name))
        guard case .palette(let ground) = style.background else { continue }
        guard case .palette(let text) = style.foreground else {
          Issue.record("\(theme.name) \(name): a ground without a colour for its text")
          continue
        }
        #expect(Contrast.ratio(Contrast.color(ofEntry: text), Contrast.color(ofEntry: ground)) >= 7)
      }
    }
  }

  @Test func withoutColoursThereAreNone() throws {
    for theme in [Theme.mono, .highContrast] {
      for name in Theme.roleNames where name != "problem" {
        let style = try #require(theme.look(ofRole: name))
        #expect(style.foreground == .standard && style.background == .standard, "\(theme.name) \(name)")
        if theme == .highContrast { #expect(!style.attributes.contains(.dim), "\(name)") }
      }
    }
    #expect(Theme.mono.problem.foreground == .standard)
  }
}

/// How far apart colours are, by the formulas of WCAG 2.
private enum Contrast {
  static func ratio(_ left: Int, _ right: Int) -> Double {
    let (left, right) = (luminance(left), luminance(right))
    return (max(left, right) + 0.05) / (min(left, right) + 0.05)
  }

  /// The value of an entry of xterm's palette, from 16 on.
  static func color(ofEntry entry: UInt8) -> Int {
    if entry >= 232 { return (8 + 10 * (Int(entry) - 232)) * 0x010101 }
    let cube = Int(entry) - 16
    return [cube / 36, cube / 6 % 6, cube % 6].reduce(0) { $0 << 8 | ($1 == 0 ? 0 : 55 + 40 * $1) }
  }

  private static func luminance(_ color: Int) -> Double {
    let parts = [color >> 16, color >> 8 & 0xFF, color & 0xFF].map { part in
      let value = Double(part) / 255
      return value <= 0.03928 ? value / 12.92 : power((value + 0.055) / 1.055)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  /// x to the power of 2.4, by the fifth root of its twelfth power.
  private static func power(_ x: Double) -> Double {
    let wanted = (1...12).reduce(1.0) { product, _ in product * x }
    var root = 1.0
    for _ in 0..<60 { root -= (root * root * root * root * root - wanted) / (5 * root * root * root * root) }
    return root
  }
}
