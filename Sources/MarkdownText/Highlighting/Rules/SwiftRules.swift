extension LanguageRules {
  static let plain = LanguageRules { _ in }

  static let swift = LanguageRules {
    $0.takeWords(
      keywords: """
        actor any as associatedtype async await borrowing break case catch class consume consuming continue convenience \
        default defer deinit didSet distributed do dynamic each else enum extension fallthrough fileprivate final for func \
        get guard if import in indirect infix init inout internal is isolated lazy let macro mutating nonisolated \
        nonmutating open operator optional override package postfix precedencegroup prefix private protocol public \
        repeat required rethrows return self sending set some static struct subscript super switch throw throws try \
        typealias unowned var weak where while willSet willset yield
        """, types: "Self Any", constants: "true false nil")
    $0.dottedWords = WordTable([(.keyword, "self init")])
    $0.takeLineComments("//")
    $0.nestComments("/*", "*/")
    $0.strings = [
      StringRule("") {
        $0.mark = .repeated(UInt8(ascii: "#"))
        $0.openTail = Array("\"\"\"".utf8)
        $0.close = Array("\"\"\"".utf8)
        $0.isMultiLine = true
        $0.escapeTakesMark = true
        $0.interpolate("\\(", ")")
      },
      StringRule("") {
        $0.mark = .repeated(UInt8(ascii: "#"))
        $0.openTail = Array("\"".utf8)
        $0.close = Array("\"".utf8)
        $0.escapeTakesMark = true
        $0.interpolate("\\(", ")")
      },
      StringRule("#/", to: "/#") { $0.escape = nil },
    ]
    $0.hasAtAttributes = true
    $0.hasHashWords = true
    $0.hasRegexes = true
  }
}
