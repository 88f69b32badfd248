import TerminalModel
import Testing

@testable import CursesTerminal

/// Colours on terminals with few of them, and pairs that run out.
@Suite struct PaletteTests {
  private static let all: Style.Attributes = [.bold, .dim, .italic, .underline, .reverse]

  private func palette(
    _ colors: Int, pairs: Int = 65_536, isColored: Bool = true, attributes: Style.Attributes = Self.all
  ) -> Palette {
    Palette(isColored: isColored, colors: colors, pairs: pairs, attributes: attributes, define: { _, _, _ in true })
  }

  private func look(_ colors: Int, _ foreground: UInt8?, _ background: UInt8? = nil) -> Palette.Look {
    palette(colors).look(
      of: Style(
        foreground: foreground.map(Color.palette) ?? .standard, background: background.map(Color.palette) ?? .standard))
  }

  @Test func asManyAsThereAre() {
    #expect(look(256, 208, 17) == Palette.Look(foreground: 208, background: 17))
    #expect(look(16, 12, 8) == Palette.Look(foreground: 12, background: 8))
    #expect(look(16, 208) == Palette.Look(foreground: 11))
    #expect(look(88, 208) == Palette.Look(foreground: 11))
    #expect(look(8, 5, 2) == Palette.Look(foreground: 5, background: 2))
    #expect(look(8, 196) == Palette.Look(foreground: 1, attributes: .bold))
    #expect(look(8, 12, 12) == Palette.Look(foreground: 7, background: 4, attributes: .bold))
    // A pale violet is no white.
    #expect(look(8, 133) == Palette.Look(foreground: 5))
    #expect(look(0, 12, 12) == Palette.Look())
    // Direct colour: from 8 on an index is a shade of blue.
    #expect(look(0x100_0000, 208) == Palette.Look(foreground: 3, attributes: .bold))
  }

  /// What is only near to black, and dark grey, would not be seen on a black ground.
  @Test func darkColoursStayLegible() {
    #expect(look(8, 8) == Palette.Look(attributes: .dim))
    #expect(look(8, 240) == Palette.Look(attributes: .dim))
    #expect(look(8, 16) == Palette.Look(attributes: .dim))
    #expect(look(16, 240) == Palette.Look(foreground: 8))
  }

  @Test(arguments: [8, 16, 88, 256, 0x100_0000]) func textIsNeverOfItsGround(_ colors: Int) {
    let palette = palette(colors)
    for foreground in UInt8.min...UInt8.max {
      for background in UInt8.min...UInt8.max {
        let look = palette.look(of: Style(foreground: .palette(foreground), background: .palette(background)))
        #expect(look.foreground != look.background, "\(foreground) on \(background)")
        #expect(look.foreground < colors && look.background < colors)
      }
    }
  }

  @Test func noColourKeepsAttributes() {
    let style = Style(foreground: .palette(9), background: .palette(4), attributes: [.bold, .reverse])
    #expect(palette(256, isColored: false).look(of: style) == Palette.Look(attributes: [.bold, .reverse]))
    #expect(
      palette(8, attributes: [.bold]).look(of: Style(attributes: [.italic, .bold])) == Palette.Look(attributes: .bold))
  }

  @Test func pairsAreUsedAgain() {
    var defined: [Int16: Palette.Look] = [:]
    var palette = Palette(isColored: true, colors: 8, pairs: 4, attributes: Self.all) { pair, foreground, background in
      defined[pair] = Palette.Look(foreground: foreground, background: background)
      return true
    }
    let looks = (0..<5).map { Palette.Look(foreground: $0, attributes: .bold) }
    #expect(looks[..<3].map { palette.pair(for: $0) } == [1, 2, 3])
    #expect(looks[..<3].map { palette.pair(for: $0) } == [1, 2, 3] && !palette.ranOut)
    #expect(palette.pair(for: Palette.Look()) == 0 && !palette.ranOut)
    // The terminal's own colours rather than wrong ones.
    #expect(palette.pair(for: looks[3]) == 0 && palette.ranOut)
    palette.removeAll()
    #expect(looks[3...].map { palette.pair(for: $0) } == [1, 2] && !palette.ranOut)
    #expect(defined[1]?.foreground == 3 && defined[2]?.foreground == 4)
  }

  @Test func sequences() {
    #expect(Palette.Look().sequence == "\u{1B}[0m")
    let look = Palette.Look(foreground: 12, background: 17, attributes: [.bold, .underline])
    #expect(look.sequence == "\u{1B}[0;1;4;94;48;5;17m")
  }
}
