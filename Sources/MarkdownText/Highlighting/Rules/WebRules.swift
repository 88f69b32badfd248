extension LanguageRules {
  private static let scriptWords = """
    as async await break case catch class const continue debugger default delete do else export extends finally for from \
    function get if import in instanceof let new of return set static super switch this throw try typeof var void while \
    with yield
    """
  private static let scriptConstants = "true false null undefined NaN Infinity"

  static let javaScript = LanguageRules {
    $0.takeWords(keywords: scriptWords, constants: scriptConstants)
    $0.takeLineComments("//")
    $0.strings = [
      .comment("/*", "*/"),
      StringRule("`") {
        $0.isMultiLine = true
        $0.interpolate("${", "}")
      },
      StringRule("\""), StringRule("'"),
    ]
    $0.wordBytes = Array("$".utf8)
    $0.hasAtAttributes = true
    $0.hasRegexes = true
  }

  static let jsx = javaScript.with { $0.hasMarkup = true }

  static let typeScript = javaScript.with {
    $0.takeWords(
      keywords: scriptWords + """
         abstract accessor asserts declare enum implements infer interface is keyof module namespace override private \
        protected public readonly satisfies type unique
        """,
      types: "any bigint boolean never number object string symbol unknown", constants: scriptConstants)
  }

  static let tsx = typeScript.with { $0.hasMarkup = true }

  static let php = LanguageRules {
    $0.takeWords(
      keywords: """
        abstract and array as break callable case catch class clone const continue declare default do echo else elseif \
        empty endforeach endif endwhile enum extends final finally fn for foreach function global goto if implements \
        include include_once instanceof insteadof interface isset list match namespace new or parent print private \
        protected public readonly require require_once return self static switch throw trait try unset use while xor yield
        """,
      types: "bool float int iterable mixed never object string void", constants: "true false null", ignoringCase: true)
    $0.takeLineComments("// #")
    $0.strings = [
      .comment("/*", "*/"),
      StringRule("<?php") { $0.asMark() }, StringRule("<?=") { $0.asMark() }, StringRule("?>") { $0.asMark() },
      StringRule("'") { $0.isMultiLine = true },
      StringRule("\"") {
        $0.isMultiLine = true
        $0.interpolate("{", "}")
        $0.hasVariables = true
      },
    ]
    $0.sigils = Array("$".utf8)
    $0.hasHashAttributes = true
    $0.heredoc = .php
  }

  static let json = LanguageRules {
    $0.takeWords(keywords: "", constants: "true false null NaN Infinity")
    $0.takeLineComments("// #")
    $0.strings = [.comment("/*", "*/"), StringRule("\""), StringRule("'")]
    $0.keyMark = UInt8(ascii: ":")
    $0.capitalsMatter = false
    $0.hasCalls = false
  }

  static let graphQL = LanguageRules {
    $0.takeWords(
      keywords:
        "directive enum extend fragment implements input interface mutation on query scalar schema subscription type union",
      types: "Boolean Float ID Int String", constants: "true false null")
    $0.takeLineComments("#")
    $0.strings = [StringRule("\"\"\"") { $0.isMultiLine = true }, StringRule("\"")]
    $0.sigils = Array("$".utf8)
    $0.hasAtAttributes = true
  }
}
