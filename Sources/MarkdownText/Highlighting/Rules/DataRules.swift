extension LanguageRules {
  static let sql = LanguageRules {
    $0.takeWords(
      keywords: """
        add after all alter analyze and any as asc authorization autoincrement auto_increment before begin between by \
        cascade case check collate column commit concurrently conflict constraint create cross current cursor database \
        declare default delete desc describe distinct do drop each else elsif end escape except exec execute exists \
        explain fetch first following for foreign from full function generated go grant group having if ignore ilike in \
        index inner insert intersect into is isnull join key language last lateral left like limit loop materialized \
        merge natural next not nothing notnull nulls of offset on only or order outer over partition preceding primary \
        procedure raise range recursive references rename replace restrict return returning returns revoke right rollback \
        row rows savepoint schema select sequence set show some start table temp temporary then to top transaction \
        trigger truncate unbounded union unique update use using vacuum values view when where while window with without
        """,
      types: """
        array bigint bigserial binary bit blob boolean bool bytea char character clob date datetime decimal double enum \
        float int integer interval json jsonb money nchar numeric nvarchar real serial smallint text time timestamp \
        timestamptz tinyint uuid varbinary varchar varying xml precision
        """,
      constants: "true false null current_date current_time current_timestamp", ignoringCase: true)
    $0.takeLineComments("--")
    $0.strings = [
      .comment("/*", "*/"),
      StringRule("'") {
        $0.escape = nil
        $0.doublesClose = true
        $0.isMultiLine = true
      },
      StringRule("'") {
        $0.takePrefixes("e n b x u")
        $0.doublesClose = true
        $0.isMultiLine = true
      },
      StringRule("\"") {
        $0.escape = nil
        $0.doublesClose = true
        $0.kind = .property
      },
      StringRule("`") {
        $0.escape = nil
        $0.kind = .property
      },
      StringRule("$") {
        // What stands between two of them is code, as a rule.
        $0.mark = .word
        $0.openTail = [0x24]
        $0.close = []
      },
    ]
    $0.sigils = Array("@$:".utf8)
    $0.capitalsMatter = false
  }

  static let toml = LanguageRules {
    $0.takeWords(keywords: "", constants: "true false inf nan")
    $0.takeLineComments("#")
    $0.strings = [
      StringRule("\"\"\"") { $0.isMultiLine = true },
      StringRule("'''") {
        $0.isMultiLine = true
        $0.escape = nil
      },
      StringRule("\""),
      StringRule("'") { $0.escape = nil },
    ]
    $0.keyMark = UInt8(ascii: "=")
    $0.lineHead = .keys
    $0.capitalsMatter = false
    $0.hasCalls = false
  }

  static let ini = LanguageRules {
    $0.takeWords(keywords: "", constants: "true false yes no on off null none", ignoringCase: true)
    $0.takeLineComments("# ;")
    $0.commentNeedsBlank = true
    $0.strings = [StringRule("\"")]
    $0.sigils = Array("$".utf8)
    $0.lineHead = .keys
    $0.capitalsMatter = false
    $0.hasCalls = false
  }

  static let hcl = LanguageRules {
    $0.takeWords(
      keywords: """
        assert data else for if in inherit let locals module moved output provider rec resource terraform then variable with
        """, types: "any bool list map number object set string tuple", constants: "true false null")
    $0.takeLineComments("# //")
    $0.strings = [
      .comment("/*", "*/"),
      StringRule("\"") { $0.interpolate("${", "}") },
      StringRule("''") {
        $0.isMultiLine = true
        $0.escape = nil
        $0.interpolate("${", "}")
      },
    ]
    $0.wordBytes = Array("-".utf8)
    $0.keyMark = UInt8(ascii: "=")
    $0.heredoc = .ruby
  }
}
