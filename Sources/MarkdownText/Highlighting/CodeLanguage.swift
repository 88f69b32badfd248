/// The languages that can be highlighted.
enum CodeLanguage: UInt8, CaseIterable, Sendable {
  case swift, python, javaScript, jsx, typeScript, tsx, rust, go, c, cPlusPlus, objectiveC, java, cSharp, kotlin, scala
  case dart, ruby, elixir, php, perl, shell, console, powerShell, sql, json, toml, ini, docker, make, lua, haskell, r,
    zig
  case protobuf, graphQL, hcl
  case yaml, markup, css, diff, markdown

  /// Other names that answers use, apart by blanks.
  private var names: String {
    switch self {
    case .swift: "swift"
    case .python: "python py python3 python2 py3 pyi pycon starlark gyp"
    case .javaScript: "javascript js mjs cjs node nodejs ecmascript"
    case .jsx: "jsx javascriptreact react"
    case .typeScript: "typescript ts mts cts deno"
    case .tsx: "tsx typescriptreact"
    case .rust: "rust rs"
    case .go: "go golang"
    case .c: "c h"
    case .cPlusPlus: "c++ cpp cxx cc hpp hxx hh h++ cuda cu arduino ino"
    case .objectiveC: "objective-c objectivec objc obj-c m mm"
    case .java: "java"
    case .cSharp: "c# cs csharp dotnet csx"
    case .kotlin: "kotlin kt kts gradle groovy"
    case .scala: "scala sc"
    case .dart: "dart"
    case .ruby: "ruby rb rake gemfile rails"
    case .elixir: "elixir ex exs"
    case .php: "php php5 php7 php8"
    case .perl: "perl pl pm"
    case .shell: "shell sh bash zsh ksh dash ash fish shellscript"
    case .console: "console shell-session shellsession sh-session bash-session terminal"
    case .powerShell: "powershell ps1 pwsh posh"
    case .sql: "sql mysql postgresql postgres pgsql plpgsql psql sqlite sqlite3 tsql t-sql mssql plsql mariadb"
    case .json: "json json5 jsonc jsonl ndjson geojson webmanifest"
    case .toml: "toml"
    case .ini: "ini cfg conf properties dotenv env editorconfig systemd desktop gitconfig"
    case .docker: "dockerfile docker containerfile"
    case .make: "makefile make mk gnumake"
    case .lua: "lua luau"
    case .haskell: "haskell hs"
    case .r: "r rscript rlang"
    case .zig: "zig"
    case .protobuf: "protobuf proto proto3"
    case .graphQL: "graphql gql"
    case .hcl: "hcl terraform tf tfvars nix"
    case .yaml: "yaml yml docker-compose k8s kubernetes"
    case .markup: "html htm xhtml xml svg vue svelte xsl xslt rss plist xaml jsp mathml"
    case .css: "css scss less sass postcss"
    case .diff: "diff patch udiff git-diff"
    case .markdown: "markdown md mdx gfm"
    }
  }

  private static let byName: [String: CodeLanguage] = {
    var found: [String: CodeLanguage] = [:]
    for language in allCases {
      for name in language.names.split(separator: " ") { found[String(name)] = language }
    }
    return found
  }()

  /// `name`: in any case of letters; `{.python}`, `language-js`, `py:main.py`, `js{1,3}` too. Nil where it is not known.
  init?(named name: String) {
    var key = name.lowercased()[...]
    while let first = key.first, first == "{" || first == "." { key = key.dropFirst() }
    key = key.prefix { !":{},;=(".contains($0) && !$0.isWhitespace }
    if key.hasPrefix("language-") { key = key.dropFirst("language-".count) }
    guard let language = Self.byName[String(key)] else { return nil }
    self = language
  }

  /// Reads the line; `state` becomes that after it.
  func scan(_ cursor: inout CodeCursor, _ state: inout HighlightState) {
    switch self {
    case .yaml: YAMLScanner.scan(&cursor, &state)
    case .markup: MarkupScanner.scan(&cursor, &state)
    case .css: StyleSheetScanner.scan(&cursor, &state)
    case .diff: DiffScanner.scan(&cursor, &state)
    case .markdown: MarkdownScanner.scan(&cursor, &state)
    default: RuleLexer.scan(&cursor, &state, rules)
    }
  }

  private var rules: LanguageRules {
    switch self {
    case .swift: .swift
    case .python: .python
    case .javaScript: .javaScript
    case .jsx: .jsx
    case .typeScript: .typeScript
    case .tsx: .tsx
    case .rust: .rust
    case .go: .go
    case .c: .c
    case .cPlusPlus: .cPlusPlus
    case .objectiveC: .objectiveC
    case .java: .java
    case .cSharp: .cSharp
    case .kotlin: .kotlin
    case .scala: .scala
    case .dart: .dart
    case .ruby: .ruby
    case .elixir: .elixir
    case .php: .php
    case .perl: .perl
    case .shell: .shell
    case .console: .console
    case .powerShell: .powerShell
    case .sql: .sql
    case .json: .json
    case .toml: .toml
    case .ini: .ini
    case .docker: .docker
    case .make: .make
    case .lua: .lua
    case .haskell: .haskell
    case .r: .r
    case .zig: .zig
    case .protobuf: .protobuf
    case .graphQL: .graphQL
    case .hcl: .hcl
    case .yaml, .markup, .css, .diff, .markdown: .plain
    }
  }
}
