extension LanguageRules {
  static let shell = LanguageRules {
    $0.takeWords(
      keywords: """
        break case continue declare do done elif else end esac exit export fi for function if in local readonly return \
        select set shift source then trap typeset unset until while
        """, constants: "true false")
    $0.takeLineComments("#")
    $0.commentNeedsBlank = true
    $0.strings = [
      StringRule("\"") {
        $0.isMultiLine = true
        $0.interpolate("$(", ")")
        $0.hasVariables = true
      },
      StringRule("$'", to: "'") { $0.isMultiLine = true },
      StringRule("'") {
        $0.isMultiLine = true
        $0.escape = nil
      },
    ]
    $0.sigils = Array("$".utf8)
    $0.hasStringsAfterWords = true
    $0.heredoc = .shell
    $0.isShell = true
  }

  static let console = shell.with { $0.isConsole = true }

  static let powerShell = LanguageRules {
    $0.takeWords(
      keywords: """
        begin break catch class continue do dynamicparam else elseif end enum exit filter finally for foreach function if \
        in param process return switch throw trap try until using while
        """, ignoringCase: true)
    $0.takeLineComments("#")
    $0.strings = [
      .comment("<#", "#>"),
      StringRule("@\"", to: "\"@") {
        $0.isMultiLine = true
        $0.hasVariables = true
        $0.escape = UInt8(ascii: "`")
      },
      StringRule("@'", to: "'@") {
        $0.isMultiLine = true
        $0.escape = nil
      },
      StringRule("\"") {
        $0.escape = UInt8(ascii: "`")
        $0.interpolate("$(", ")")
        $0.hasVariables = true
      },
      StringRule("'") {
        $0.escape = nil
        $0.doublesClose = true
      },
    ]
    $0.wordBytes = Array("-".utf8)
    $0.sigils = Array("$".utf8)
    $0.hasStringsAfterWords = true
  }

  static let docker = LanguageRules {
    $0.takeWords(
      keywords: """
        ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER \
        VOLUME WORKDIR
        """)
    $0.takeLineComments("#")
    $0.commentNeedsBlank = true
    $0.strings = [
      StringRule("\"") { $0.hasVariables = true },
      StringRule("'") { $0.escape = nil },
    ]
    $0.sigils = Array("$".utf8)
    $0.wordBytes = Array("-.".utf8)
    $0.capitalsMatter = false
    $0.hasCalls = false
    $0.heredoc = .shell
  }

  static let make = LanguageRules {
    $0.takeWords(keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override sinclude unexport")
    $0.takeLineComments("#")
    $0.strings = [StringRule("\"") { $0.hasVariables = true }, StringRule("'") { $0.hasVariables = true }]
    $0.sigils = Array("$".utf8)
    $0.wordBytes = Array("-.".utf8)
    $0.capitalsMatter = false
    $0.hasCalls = false
    $0.lineHead = .makefile
  }
}
