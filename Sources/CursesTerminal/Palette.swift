import TerminalModel

/// Styles in as many colours as the terminal has, and colour pairs by need.
///
/// A colour that the terminal lacks becomes the nearest that it has, and text never gets the colour of its ground. Pairs are
/// few on some terminals: when none is left, `ranOut` says so, and the text gets the terminal's own colours until
/// `removeAll` makes room.
struct Palette {
  /// A style as the terminal can show it: palette indexes, -1 its own colour.
  struct Look: Hashable, Sendable {
    var foreground: Int16 = -1
    var background: Int16 = -1
    var attributes: Style.Attributes = []
  }

  /// 256, 16, 8, or 0 for no colours at all.
  let depth: Int
  /// The attributes that the terminal has.
  private let attributes: Style.Attributes
  private let limit: Int
  private let define: (Int16, Int16, Int16) -> Bool
  private var pairs: [Look: Int16] = [:]
  /// A style found no pair since the last `removeAll`.
  private(set) var ranOut = false

  /// - Parameters:
  ///   - isColored: without it only attributes are used.
  ///   - colors: how many the terminal has.
  ///   - pairs: how many pairs of them.
  ///   - attributes: those that the terminal has.
  ///   - define: makes a pair, by number, of two palette indexes; false where that failed.
  init(
    isColored: Bool, colors: Int, pairs: Int, attributes: Style.Attributes,
    define: @escaping (Int16, Int16, Int16) -> Bool
  ) {
    // Of more than 256, indexes from 8 on are colours by value: the first eight are the palette's.
    depth = !isColored || colors < 8 ? 0 : colors == 256 ? 256 : colors > 256 || colors < 16 ? 8 : 16
    self.attributes = attributes
    limit = min(pairs, Int(Int16.max))
    self.define = define
  }

  /// Whether the terminal has italics.
  var hasItalics: Bool { attributes.contains(.italic) }

  /// The number of the pair for a look; 0, the terminal's own colours, where no pair is left.
  mutating func pair(for look: Look) -> Int16 {
    if look.foreground < 0, look.background < 0 { return 0 }
    let key = Look(foreground: look.foreground, background: look.background)
    if let pair = pairs[key] { return pair }
    let pair = pairs.count + 1
    guard pair < limit, define(Int16(pair), key.foreground, key.background) else {
      ranOut = true
      return 0
    }
    pairs[key] = Int16(pair)
    return Int16(pair)
  }

  /// Forgets the pairs, so that their numbers can be used anew: every cell is to be put again then.
  mutating func removeAll() {
    pairs.removeAll(keepingCapacity: true)
    ranOut = false
  }

  /// How the terminal shows a style.
  func look(of style: Style) -> Look {
    var look = Look(attributes: style.attributes.intersection(attributes))
    guard depth > 0 else { return look }
    look.background = ground(style.background)
    setText(style.foreground, &look)
    if look.foreground >= 0, look.foreground == look.background {
      // Black on light grounds, white on dark ones.
      look.foreground = [0, 1, 4, 5, 8].contains(look.background % 16) && look.background < 16 ? 7 : 0
    }
    return look
  }

  private func ground(_ color: Color) -> Int16 {
    guard case .palette(let entry) = color else { return -1 }
    if Int(entry) < depth { return Int16(entry) }
    let basic = entry < 16 ? Int(entry) : Self.nearestBasic(of: Int(entry))
    return Int16(depth == 16 ? basic : basic % 8)
  }

  private func setText(_ color: Color, _ look: inout Look) {
    guard case .palette(let entry) = color else { return }
    if Int(entry) < depth {
      look.foreground = Int16(entry)
      return
    }
    let basic = entry < 16 ? Int(entry) : Self.nearestBasic(of: Int(entry))
    switch basic {
    case _ where depth == 16 && basic > 0: look.foreground = Int16(basic)
    // A dark colour that is only nearest to black, or a dark grey, would vanish on the black ground of most terminals.
    case 0, 8:
      if look.background < 0 {
        look.attributes.formUnion(Style.Attributes.dim.intersection(attributes))
      } else {
        look.foreground = 7
      }
    case ..<8: look.foreground = Int16(basic)
    default:
      look.foreground = Int16(basic - 8)
      look.attributes.formUnion(Style.Attributes.bold.intersection(attributes))
    }
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
    let weakest = levels.min() ?? 0
    // Greys have all three; of colours, those count that stand out.
    let threshold = strongest - weakest < 64 ? strongest / 2 : (strongest + weakest) / 2
    let bits = levels.enumerated().reduce(0) { $0 | ($1.element > threshold ? 1 << $1.offset : 0) }
    if bits == 7, strongest < 160 { return 8 }
    return strongest > 200 ? bits + 8 : bits
  }
}

/// A look as xterm's control sequence, for what is painted past ncurses.
extension Palette.Look {
  /// `CSI 0 ; … m`: whatever was set before is not any more.
  var sequence: String {
    var parameters = [0]
    let numbers: [(Style.Attributes, Int)] = [
      (.bold, 1), (.dim, 2), (.italic, 3), (.underline, 4), (.reverse, 7),
    ]
    for (attribute, number) in numbers where attributes.contains(attribute) { parameters.append(number) }
    if foreground >= 0 { parameters += Self.parameters(foreground, base: 30) }
    if background >= 0 { parameters += Self.parameters(background, base: 40) }
    return "\u{1B}[\(parameters.map(String.init).joined(separator: ";"))m"
  }

  private static func parameters(_ color: Int16, base: Int) -> [Int] {
    switch color {
    case ..<8: [base + Int(color)]
    case ..<16: [base + 60 + Int(color) - 8]
    default: [base + 8, 5, Int(color)]
    }
  }
}
