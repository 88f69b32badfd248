/// What a language looks like, as far as `RuleLexer` needs to know: a value for each language, made when it is first used.
struct LanguageRules: Sendable {
  /// What a line may begin with.
  enum LineHead: Sendable {
    case none
    /// `[section]` and `key =`.
    case keys
    /// `target:` and `VARIABLE =`.
    case makefile
    /// `[Attribute]`.
    case attribute
  }

  enum Heredoc: Sendable { case none, shell, ruby, php }

  var words = WordTable([])
  /// Words that count after a `.` too.
  var dottedWords = WordTable([])
  var lineComments: [[UInt8]] = []
  /// A line comment begins only after a blank.
  var commentNeedsBlank = false
  /// Comments that hold others.
  var nestedComment: (open: [UInt8], close: [UInt8])?
  var strings: [StringRule] = []
  var heredoc = Heredoc.none

  /// `Name` is a type, `NAME` a constant.
  var capitalsMatter = true
  /// `Name(` is a call of a function, not of a type.
  var capitalCallIsFunction = false
  /// `name_t` is a type.
  var hasTypeSuffix = false
  var hasCalls = true
  /// Bytes that names hold too, such as `-`.
  var wordBytes: [UInt8] = []
  /// `name!(` is a call.
  var hasBangCalls = false
  /// `'a` is a name and `'a'` a character.
  var hasAmbiguousQuote = false
  /// `1'000`.
  var hasQuoteInNumbers = false
  /// `'` right after a word begins a string.
  var hasStringsAfterWords = false
  /// `@name`.
  var hasAtAttributes = false
  /// `#[…]`.
  var hasHashAttributes = false
  /// `[[…]]`.
  var hasSquareAttributes = false
  /// `#include` at the beginning of a line.
  var hasPreprocessor = false
  /// `#name` anywhere.
  var hasHashWords = false
  /// What a variable begins with: `$`, `@`.
  var sigils: [UInt8] = []
  /// `/…/`.
  var hasRegexes = false
  /// `:name`, and `name:` too.
  var hasSymbols = false
  /// `<name` is a tag where no operand precedes it.
  var hasMarkup = false
  /// What stands between a key and its value, if keys are to be seen.
  var keyMark: UInt8?
  var lineHead = LineHead.none
  /// Commands and their words.
  var isShell = false
  /// Only lines that begin with a prompt are code.
  var isConsole = false

  /// Bytes that need more than a look at their class; `seal` finds them.
  private(set) var isSpecial: [Bool] = []
  /// Bytes that a comment begins with.
  private(set) var beginsComment: [Bool] = []
  /// By a byte, the strings without a prefix that begin with it, and those with one whose prefix is followed by it.
  private(set) var plainStrings: [[Int]] = []
  private(set) var prefixedStrings: [[Int]] = []
  /// The rule for the content of heredocs, by how code stands in strings that are not raw.
  private(set) var heredocRule = StringRule("\u{0}")

  init(_ change: (inout LanguageRules) -> Void) {
    change(&self)
    seal()
  }

  /// The same with changes.
  func with(_ change: (inout LanguageRules) -> Void) -> LanguageRules {
    var copy = self
    change(&copy)
    copy.seal()
    return copy
  }

  private mutating func seal() {
    plainStrings = Array(repeating: [], count: 256)
    prefixedStrings = plainStrings
    for (index, rule) in strings.enumerated() {
      for byte in rule.firstBytes {
        if rule.prefixes.isEmpty {
          plainStrings[Int(byte)].append(index)
        } else {
          prefixedStrings[Int(byte)].append(index)
        }
      }
    }
    beginsComment = Array(repeating: false, count: 256)
    for comment in lineComments + [nestedComment?.open ?? []] {
      if let first = comment.first { beginsComment[Int(first)] = true }
    }
    isSpecial = (0..<256).map { !plainStrings[$0].isEmpty || beginsComment[$0] }
    for byte in sigils + "'@#/:<[`$".utf8 { isSpecial[Int(byte)] = true }
    if let rule = strings.last(where: { $0.hasVariables || !$0.interpolations.isEmpty }) {
      heredocRule = rule
      heredocRule.kind = .string
    }
  }

  mutating func takeLineComments(_ list: String) {
    lineComments = Array(list.utf8).split(separator: 0x20).map(Array.init)
  }
  mutating func nestComments(_ open: String, _ close: String) { nestedComment = (Array(open.utf8), Array(close.utf8)) }

  /// The words of the language, each list apart by blanks.
  mutating func takeWords(
    keywords: String, types: String = "", constants: String = "", functions: String = "", ignoringCase: Bool = false
  ) {
    words = WordTable(
      [(.keyword, keywords), (.type, types), (.constant, constants), (.function, functions)], ignoresCase: ignoringCase)
  }
}
