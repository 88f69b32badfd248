extension LanguageRules {
  static let python = LanguageRules {
    $0.takeWords(
      keywords: """
        and as assert async await break case class continue def del elif else except finally for from global if import in \
        is lambda match nonlocal not or pass raise return self cls try while with yield
        """,
      types: "bool bytearray bytes complex dict float frozenset int list object set str tuple type",
      constants: "True False None NotImplemented Ellipsis __name__ __file__")
    $0.takeLineComments("#")
    $0.strings = ["\"\"\"", "'''", "\"", "'"].flatMap { quote in
      let plain = StringRule(quote) { $0.isMultiLine = quote.count == 3 }
      var prefixed = plain
      prefixed.takePrefixes("b u")
      var raw = prefixed
      raw.takePrefixes("r br rb")
      raw.kind = .string
      var formatted = plain
      formatted.takePrefixes("f t fr rf tr rt")
      formatted.interpolate("{", "}")
      formatted.doublesInterpolation = true
      return [plain, prefixed, raw, formatted]
    }
    $0.hasAtAttributes = true
  }

  static let ruby = LanguageRules {
    $0.takeWords(
      keywords: """
        alias and attr_accessor attr_reader attr_writer begin break case class def defined? do else elsif end ensure \
        extend for if in include loop module next not or prepend private protected public raise redo require \
        require_relative rescue retry return self super then undef unless until when while yield
        """, constants: "true false nil __FILE__ __method__")
    $0.takeLineComments("#")
    $0.strings = [
      StringRule("=begin", to: "=end") {
        $0.isOnlyAtLineStart = true
        $0.isMultiLine = true
        $0.escape = nil
        $0.kind = .comment
      },
      StringRule("\"") { $0.interpolate("#{", "}") },
      StringRule("`") { $0.interpolate("#{", "}") },
      StringRule("'"),
      StringRule("%w[", to: "]"), StringRule("%i[", to: "]"), StringRule("%w(", to: ")"), StringRule("%q(", to: ")"),
      StringRule("%Q(", to: ")") { $0.interpolate("#{", "}") },
    ]
    $0.wordBytes = Array("?".utf8)
    $0.sigils = Array("@$".utf8)
    $0.hasSymbols = true
    $0.hasRegexes = true
    $0.hasStringsAfterWords = true
    $0.heredoc = .ruby
  }

  static let elixir = LanguageRules {
    $0.takeWords(
      keywords: """
        after alias and case catch cond def defdelegate defexception defguard defimpl defmacro defmodule defp \
        defprotocol defstruct do else end fn for if import in not or quote raise receive require rescue return super \
        throw try unless unquote use when with
        """, constants: "true false nil")
    $0.takeLineComments("#")
    $0.strings = [
      StringRule("\"\"\"") {
        $0.isMultiLine = true
        $0.interpolate("#{", "}")
      },
      StringRule("\"") { $0.interpolate("#{", "}") },
      StringRule("'"),
    ]
    $0.wordBytes = Array("?".utf8)
    $0.hasAtAttributes = true
    $0.hasSymbols = true
  }

  static let perl = LanguageRules {
    $0.takeWords(
      keywords: """
        and bless cmp die do else elsif eq for foreach ge given gt if last le local lt my ne next no not or our package \
        print printf redo require return say sub unless until use when while x
        """, constants: "undef __PACKAGE__ __DATA__ __END__")
    $0.takeLineComments("#")
    $0.strings = [
      StringRule("=pod", to: "=cut") {
        $0.isOnlyAtLineStart = true
        $0.isMultiLine = true
        $0.escape = nil
        $0.kind = .comment
      },
      StringRule("'") { $0.isMultiLine = true },
      StringRule("\"") {
        $0.isMultiLine = true
        $0.hasVariables = true
      },
    ]
    $0.sigils = Array("$@%".utf8)
    $0.hasRegexes = true
    $0.heredoc = .ruby
  }

  static let lua = LanguageRules {
    $0.takeWords(
      keywords: """
        and break continue do else elseif end for function goto if in local not or repeat return then until while
        """, constants: "true false nil self")
    $0.strings =
      [("--[", CodeToken.Kind.comment), ("[", .string)].map { open, kind in
        StringRule(open, to: "]") {
          $0.mark = .repeated(UInt8(ascii: "="))
          $0.openTail = [0x5B]
          $0.closeTail = [0x5D]
          $0.escape = nil
          $0.isMultiLine = true
          $0.kind = kind
        }
      } + [StringRule("\""), StringRule("'")]
    $0.takeLineComments("--")
    $0.hasStringsAfterWords = true
  }

  static let r = LanguageRules {
    $0.takeWords(
      keywords: "break else for function if in next repeat return while library require",
      constants: "TRUE FALSE NULL NA NaN Inf T F")
    $0.takeLineComments("#")
    $0.strings = [
      StringRule("\"") { $0.isMultiLine = true }, StringRule("'") { $0.isMultiLine = true }, StringRule("`"),
    ]
    $0.wordBytes = Array(".".utf8)
    $0.capitalsMatter = false
  }
}
