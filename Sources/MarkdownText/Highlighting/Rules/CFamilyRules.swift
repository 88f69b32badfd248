extension LanguageRules {
  private static let controlWords = "break case continue default do else for goto if return switch while"
  private static let cWords =
    controlWords + """
       auto const extern enum inline register restrict sizeof static struct typedef union volatile _Alignas _Alignof _Atomic \
      _Generic _Noreturn _Static_assert _Thread_local typeof
      """
  private static let cTypes = """
    bool char double float int long short signed unsigned void FILE _Bool _Complex
    """

  static let c = LanguageRules {
    $0.takeWords(keywords: cWords, types: cTypes, constants: "NULL true false nullptr stdin stdout stderr")
    $0.takeLineComments("//")
    $0.strings =
      [.comment("/*", "*/")]
      + ["\"", "'"].flatMap { quote in [StringRule(quote), StringRule(quote) { $0.takePrefixes("l u u8") }] }
    $0.hasPreprocessor = true
    $0.hasTypeSuffix = true
    $0.capitalCallIsFunction = true
    $0.hasSquareAttributes = true
  }

  static let cPlusPlus = c.with {
    $0.takeWords(
      keywords: cWords + """
         alignas alignof asm catch class co_await co_return co_yield concept const_cast consteval constexpr constinit \
        decltype delete dynamic_cast explicit export final friend import module mutable namespace new noexcept operator \
        override private protected public reinterpret_cast requires static_assert static_cast template this thread_local \
        throw try typeid typename using virtual and or not xor __global__ __device__ __host__ __shared__
        """,
      types: cTypes
        + " wchar_t char8_t char16_t char32_t string vector map set unique_ptr shared_ptr string_view optional",
      constants: "true false nullptr NULL")
    $0.strings.insert(
      StringRule("\"", to: ")") {
        $0.takePrefixes("r lr ur u8r")
        $0.mark = .free
        $0.openTail = Array("(".utf8)
        $0.closeTail = Array("\"".utf8)
        $0.escape = nil
        $0.isMultiLine = true
      }, at: 0)
    $0.hasQuoteInNumbers = true
  }

  static let objectiveC = c.with {
    $0.takeWords(
      keywords: cWords + " self super id instancetype in nonatomic strong weak copy assign readonly readwrite nullable",
      types: cTypes + " BOOL NSInteger NSUInteger CGFloat", constants: "YES NO nil Nil NULL true false")
    $0.strings.insert(StringRule("@\"", to: "\""), at: 0)
    $0.hasAtAttributes = true
  }

  static let java = LanguageRules {
    $0.takeWords(
      keywords: controlWords + """
         abstract assert catch class enum extends final finally implements import instanceof interface native new package \
        permits private protected public record sealed static strictfp super synchronized this throw throws transient try \
        var volatile when yield
        """,
      types: "boolean byte char double float int long short void", constants: "true false null")
    $0.takeLineComments("//")
    $0.strings = [
      .comment("/*", "*/"), StringRule("\"\"\"") { $0.isMultiLine = true }, StringRule("\""), StringRule("'"),
    ]
    $0.hasAtAttributes = true
  }

  static let cSharp = LanguageRules {
    $0.takeWords(
      keywords: controlWords + """
         abstract as async await base catch checked class const delegate enum event explicit extern finally fixed foreach \
        from get global implicit in init interface internal is let lock namespace new not operator or orderby out \
        override params partial private protected public readonly record ref required sealed select set sizeof \
        stackalloc static struct this throw try typeof unchecked unsafe using var virtual volatile when where with yield
        """,
      types: """
        bool byte char decimal double dynamic float int long nint nuint object sbyte short string uint ulong ushort void
        """, constants: "true false null")
    $0.takeLineComments("//")
    let hole: (inout StringRule) -> Void = {
      $0.interpolate("{", "}")
      $0.doublesInterpolation = true
    }
    let raw: (inout StringRule) -> Void = {
      $0.mark = .repeated(UInt8(ascii: "\""))
      $0.escape = nil
      $0.isMultiLine = true
    }
    let verbatim: (inout StringRule) -> Void = {
      $0.escape = nil
      $0.doublesClose = true
      $0.isMultiLine = true
    }
    $0.strings = [
      .comment("/*", "*/"),
      StringRule("$\"\"\"", to: "\"\"\"") {
        raw(&$0)
        hole(&$0)
      },
      StringRule("\"\"\"") { raw(&$0) },
      StringRule("$@\"", to: "\"") {
        verbatim(&$0)
        hole(&$0)
      },
      StringRule("@$\"", to: "\"") {
        verbatim(&$0)
        hole(&$0)
      },
      StringRule("@\"", to: "\"") { verbatim(&$0) },
      StringRule("$\"", to: "\"") { hole(&$0) },
      StringRule("\""), StringRule("'"),
    ]
    $0.hasPreprocessor = true
    $0.capitalCallIsFunction = true
    $0.lineHead = .attribute
  }

  static let kotlin = LanguageRules {
    $0.takeWords(
      keywords: controlWords + """
         abstract actual annotation as by catch class companion const constructor crossinline data def enum expect \
        external final finally fun get import in infix init inline inner interface internal is lateinit noinline object \
        open operator out override package plugins private protected public reified sealed set super suspend tailrec \
        this throw try typealias val value var vararg when where
        """, types: "boolean int long void", constants: "true false null it")
    $0.takeLineComments("//")
    $0.nestComments("/*", "*/")
    $0.strings =
      ["\"\"\"", "\""].map { quote in
        StringRule(quote) {
          if quote.count == 3 { $0.escape = nil }
          $0.isMultiLine = quote.count == 3
          $0.interpolate("${", "}")
          $0.hasVariables = true
        }
      } + [StringRule("'")]
    $0.hasAtAttributes = true
  }

  static let scala = LanguageRules {
    $0.takeWords(
      keywords: """
        abstract case catch class def derives do else end enum export extends extension final finally for forSome given if \
        implicit import inline lazy match new object open override package private protected return sealed super then \
        this throw trait transparent try type using val var while with yield
        """, constants: "true false null")
    $0.takeLineComments("//")
    $0.nestComments("/*", "*/")
    $0.strings = ["\"\"\"", "\""].flatMap { quote in
      let plain = StringRule(quote) { $0.isMultiLine = quote.count == 3 }
      var mixed = plain
      mixed.takePrefixes("s f raw")
      mixed.interpolate("${", "}")
      mixed.hasVariables = true
      return [plain, mixed]
    }
    $0.hasAmbiguousQuote = true
    $0.hasAtAttributes = true
  }

  static let dart = LanguageRules {
    $0.takeWords(
      keywords: controlWords + """
         abstract as assert async await base catch class const covariant deferred dynamic enum export extends extension \
        external factory final finally get hide implements import in interface is late library mixin new on operator \
        part required rethrow sealed set show static super sync this throw try typedef var when with yield
        """, types: "bool double int num void", constants: "true false null")
    $0.takeLineComments("//")
    $0.nestComments("/*", "*/")
    $0.strings = ["\"\"\"", "'''", "\"", "'"].map { quote in
      StringRule(quote) {
        $0.isMultiLine = quote.count == 3
        $0.interpolate("${", "}")
        $0.hasVariables = true
      }
    }
    $0.hasAtAttributes = true
  }
}
