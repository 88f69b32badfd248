extension LanguageRules {
  static let rust = LanguageRules {
    $0.takeWords(
      keywords: """
        as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub \
        ref return self static struct super trait type union unsafe use where while yield
        """,
      types: """
        Self bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize
        """, constants: "true false")
    $0.dottedWords = WordTable([(.keyword, "await")])
    $0.takeLineComments("//")
    $0.nestComments("/*", "*/")
    $0.strings = [
      StringRule("\"") { $0.isMultiLine = true },
      StringRule("\"") {
        $0.takePrefixes("b c")
        $0.isMultiLine = true
      },
      StringRule("") {
        $0.takePrefixes("r br cr")
        $0.mark = .repeated(UInt8(ascii: "#"))
        $0.openTail = Array("\"".utf8)
        $0.close = Array("\"".utf8)
        $0.escape = nil
        $0.isMultiLine = true
      },
    ]
    $0.hasBangCalls = true
    $0.hasAmbiguousQuote = true
    $0.hasHashAttributes = true
  }

  static let go = LanguageRules {
    $0.takeWords(
      keywords: """
        break case chan const continue default defer else fallthrough for func go goto if import interface map package \
        range return select struct switch type var
        """,
      types: """
        any bool byte comparable complex128 complex64 error float32 float64 int int16 int32 int64 int8 rune string uint \
        uint16 uint32 uint64 uint8 uintptr
        """, constants: "true false nil iota")
    $0.takeLineComments("//")
    $0.strings = [
      .comment("/*", "*/"), StringRule("\""), StringRule("'"),
      StringRule("`") {
        $0.escape = nil
        $0.isMultiLine = true
      },
    ]
    $0.capitalCallIsFunction = true
  }

  static let zig = LanguageRules {
    $0.takeWords(
      keywords: """
        align and asm async await break catch comptime const continue defer else enum errdefer error export extern fn for \
        if inline noalias noreturn or orelse packed pub return resume struct suspend switch test threadlocal try union \
        unreachable usingnamespace var volatile while
        """,
      types: "anyerror anyopaque anytype bool f32 f64 i16 i32 i64 i8 isize type u16 u32 u64 u8 usize void",
      constants: "true false null undefined")
    $0.takeLineComments("//")
    $0.strings = [StringRule("\""), StringRule("'")]
    $0.hasAtAttributes = true
  }

  static let haskell = LanguageRules {
    $0.takeWords(
      keywords: """
        as case class data default deriving do else foreign forall hiding if import in infix infixl infixr instance let \
        module newtype of qualified then type where
        """)
    $0.takeLineComments("--")
    $0.nestComments("{-", "-}")
    $0.strings = [StringRule("\"")]
    $0.wordBytes = Array("'".utf8)
    $0.hasAmbiguousQuote = true
    $0.hasCalls = false
  }

  static let protobuf = LanguageRules {
    $0.takeWords(
      keywords: """
        enum extend extensions import map message oneof option optional package public repeated required reserved returns \
        rpc service stream syntax to
        """,
      types: "bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sint32 sint64 string uint32 uint64",
      constants: "true false")
    $0.takeLineComments("//")
    $0.strings = [.comment("/*", "*/"), StringRule("\""), StringRule("'")]
  }
}
