import CNcursesw
import TerminalModel

/// Colour pairs by need, in as many colours as the terminal has.
struct Palette {
  /// Nil: no colours at all.
  private let colors: Int?
  private let limit: Int
  private var pairs: [PairKey: Int16] = [:]

  private struct PairKey: Hashable {
    var foreground: Int16
    var background: Int16
  }

  /// `colors` and `pairs`: how many the terminal has. Without `isColored` only attributes are used.
  init(isColored: Bool, colors: Int, pairs: Int) {
    self.colors = isColored && colors >= 8 ? colors : nil
    limit = min(pairs, Int(Int16.max))
  }

  /// The number of the pair for a style; 0, the terminal's own colours, where no pair is left.
  mutating func pair(for style: Style) -> Int16 {
    guard let colors else { return 0 }
    let key = PairKey(
      foreground: Self.index(style.foreground, of: colors), background: Self.index(style.background, of: colors))
    if key.foreground < 0, key.background < 0 { return 0 }
    if let pair = pairs[key] { return pair }
    let pair = pairs.count + 1
    guard pair < limit, init_pair(Int16(pair), key.foreground, key.background) == OK else { return 0 }
    pairs[key] = Int16(pair)
    return Int16(pair)
  }

  /// The palette's index in a terminal of so many colours; -1 is its own colour.
  static func index(_ color: Color, of colors: Int) -> Int16 {
    guard case .palette(let entry) = color else { return -1 }
    let wanted = Int(entry)
    if wanted < colors { return Int16(wanted) }
    let basic = wanted < 16 ? wanted : nearestBasic(of: wanted)
    return Int16(basic < colors ? basic : basic % 8)
  }

  /// The one of the 16 first colours that a colour of the cube or the grey ramp is nearest to, roughly.
  private static func nearestBasic(of color: Int) -> Int {
    let levels: [Int]
    if color >= 232 {
      let level = (color - 232) * 255 / 23
      levels = [level, level, level]
    } else {
      let cube = color - 16
      levels = [cube / 36, cube / 6 % 6, cube % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
    }
    let strongest = levels.max() ?? 0
    if strongest < 64 { return 0 }
    let bits = levels.enumerated().reduce(0) { $0 | ($1.element * 2 > strongest ? 1 << $1.offset : 0) }
    if bits == 7, strongest < 160 { return 8 }
    return strongest > 200 ? bits + 8 : bits
  }
}
