/// What the program is asked to do; the raw value is the word on the command line.
enum Command: String, CaseIterable, Sendable {
  /// The full screen, or `--plain`: what runs when no command is named.
  case chat = ""
  case ask, serve, decode, models, history, config

  /// The commands that are named by a word.
  static var named: [Command] { allCases.filter { $0 != .chat } }

  /// The options it takes, in the order of `--help`.
  var options: [OptionName] {
    switch self {
    case .chat: [.plain, .goOn, .resume] + OptionName.turn + [.help, .version]
    case .ask: [.each, .jobs, .attach, .goOn, .resume] + OptionName.turn + [.json, .help, .version]
    case .serve:
      [.port, .host, .tokenFile, .allowHost, .allowOrigin]
        + OptionName.turn.filter { $0 != .noHistory && $0 != .allowTool }
        + [.help, .version]
    case .decode: [.provider, .json, .events, .config, .help, .version]
    case .models: OptionName.connection + [.connectTimeout, .totalTimeout, .help, .version]
    case .history: [.json, .limit, .format, .output, .all, .lenient, .help, .version]
    case .config:
      OptionName.connection + [
        .system, .prompt, .temperature, .topP, .maxTokens, .seed, .reasoningEffort, .connectTimeout,
        .firstChunkTimeout, .chunkTimeout, .totalTimeout, .help, .version,
      ]
    }
  }

  /// How it is called.
  var usage: String {
    switch self {
    case .chat: "aichat-tui [OPTIONS]"
    case .ask: "aichat-tui ask [OPTIONS] [PROMPT…]"
    case .serve: "aichat-tui serve [OPTIONS]"
    case .decode: "curl -N … | aichat-tui decode [OPTIONS]"
    case .models: "aichat-tui models [OPTIONS]"
    case .history: "aichat-tui history list|show|search|export|import|delete|undelete [OPTIONS]"
    case .config: "aichat-tui config check|init [OPTIONS]"
    }
  }

  /// What it does, in a sentence or two.
  var summary: String {
    switch self {
    case .chat: "Chats with a streaming language model on the full screen."
    case .ask:
      """
      Asks one question and streams the answer to stdout. The words are joined to one prompt; piped stdin is
      appended to it, or is it. With --each every argument is a prompt; with several --model all of them are asked.
      The answers come side by side, line by line, each line with the number of its question before it: from [0], prompt
      by prompt, and for each prompt model by model. The exit code is the first that is not 0, in that order.
      """
    case .serve:
      """
      Serves the configured model on loopback: to scripts, to clients of OpenAI's API, and to the browser. Prints the address
      of its page, with the token that every request needs after #.

        POST /chat/stream           {"messages":[…]} or {"prompt":"…"}: data: {"content":"…","finish_reason":null}
        POST /v1/chat/completions   as OpenAI's, streamed or not; also GET /v1/models
        GET  /healthz               ok

      Ctrl-C or SIGTERM ends it; answers that run have five seconds to end.
      """
    case .decode: "Decodes the raw bytes of a service's stream on stdin to text."
    case .models: "Lists the models that the service offers, one a line."
    case .history:
      """
      Lists, shows, finds, exports, imports and deletes saved chats.

        list            the newest first; pinned ones (*) before
        show ID         one chat as Markdown
        search WORDS…   chats with all of the words, the hits marked
        export ID       one chat in a --format; --all in place of ID: every chat
        import FILE     chats of an export (json, jsonl, openai), of ChatGPT's conversations.json, of llm's logs.db
        delete ID       until a day later: undelete ID

      ID is what list shows, or as much of its beginning as no other has, or: last.
      """
    case .config:
      """
      Says what is configured, from where each value comes and what is wrong with it (check). Writes a commented
      configuration to start from (init).
      """
    }
  }
}
