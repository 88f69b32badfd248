import ChatScreen

/// The file that `config init` writes: every key, explained, none in force.
enum ConfigurationTemplate {
  /// JSON5, valid as it is.
  static let text = """
    // The configuration of aichat-tui, in JSON5: comments, trailing commas and keys without quotes are fine.
    // What the command line, the environment or --env-file say comes before what stands here.
    // Check it with: aichat-tui config check
    {
      // The provider to use when --provider names none: demo, openai, azure-openai, azure-ai-inference, ollama, or one
      // of your own below.
      // provider: "work",

      // What the model is told before the conversation: a text, or the name of a saved prompt (prompts/NAME.md).
      // system_prompt: "You are a helpful AI assistant.",
      // prompt: "concise",
      // A folder of fabric's patterns, NAME/system.md: prompts too.
      // patterns: "~/.config/fabric/patterns",

      // Sampling; only what is set is sent.
      // temperature: 0.7,
      // top_p: 1,
      // max_tokens: 2000,
      // seed: 1,
      // reasoning_effort: "medium",

      // Seconds; 0 turns a timeout off.
      // timeouts: { connect: 10, first_chunk: 120, chunk: 30, total: 300 },

      // Takes copied text on its stdin, in place of the terminal's clipboard (OSC 52): a line for the shell, or a list.
      // copy_command: ["wl-copy"],           // "xclip -selection clipboard", "pbcopy"
      // Answers that come in bursts flow onto the screen, at most a tenth of a second later; false shows all at once.
      // smooth: false,
      // Links that the terminal can open: true or false; without it, where the terminal is known to take them.
      // hyperlinks: false,
      // The window's title tells the chat and what goes on, where the terminal is known to take one; false leaves it.
      // title: false,
      // Rings when an answer that took so many seconds ends while the window is not looked at; 0 never.
      // bell: 10,

      // Looks: terminal (the default: the terminal's own colours), calm, warm, mono, high-contrast, or one of your own.
      // NO_COLOR in the environment takes the colours out of each.
      // theme: "calm",
      // themes: {
      //   mine: {
      //     base: "terminal",
      //     // A look: bold dim italic underline reverse, a colour, and "on" with one for the ground. Colours: black red green
      //     // yellow blue magenta cyan white, each also as bright-…; 0 to 255; #rrggbb, shown as near as the terminal can;
      //     // default. Roles:
    \(roles)
      //     roles: { heading: "bold blue", code: "#a0c0ff on default", comment: "italic 244" },
      //   },
      // },
      // Signs that move by themselves; false keeps all still but for what comes.
      // animation: false,
      // The most columns of running text in wide windows; 0 for all of them. Code and tables take what they need.
      // text_width: 100,

      // Keys of your own: for an action one key, a list of keys, or null for none. A key that you give to one action is taken
      // from the other that had it. A key: Ctrl- Alt- Shift- before a letter, a sign, F1 to F12, Enter Tab Esc Space
      // Backspace Del Ins Up Down Left Right Home End PgUp PgDn; two with a blank between them are pressed one after the other.
      // To have Enter begin a new line, and Alt-Enter send: keys: { send: "Alt-Enter", newline: "Enter" }
      // keys: {
    \(keys)
      // },

      // Tools that can be run when the model calls them: a program and its arguments, without a shell. It gets the call's
      // arguments as JSON on its standard input, none of the keys, and timeout seconds (30); what it prints is the answer. The
      // screen shows the command line and asks before it runs; ask and --plain run what --allow-tool names.
      // tools: {
      //   get_weather: {
      //     description: "The weather at a place",
      //     parameters: { type: "object", properties: { location: { type: "string" } }, required: ["location"] },
      //     command: ["weather", "--from-stdin"],
      //     timeout: 30,
      //   },
      // },

      // Providers of your own. A file that holds an api_key must be readable by you alone (chmod 600).
      providers: {
        // work: {
        //   type: "azure-openai",              // or openai, azure-ai-inference, ollama; openai and azure-openai also
        //                                      // with -responses, -completions, -assistants
        //   endpoint: "https://NAME.openai.azure.com",
        //   deployment: "gpt-4o",              // Azure OpenAI
        //   api_version: "2024-10-21",         // Azure; without it, the v1 route
        //   key_command: "pass show azure",    // prints the key; or token_command for an access token,
        //   // key_variable: "WORK_KEY",       // or the environment variable that holds it,
        //   // api_key: "…",                   // or the key itself
        // },
        // local: {
        //   type: "openai",
        //   endpoint: "http://127.0.0.1:8080/v1",
        //   model: "qwen3",
        //   models: ["qwen3", "gemma3"],       // offered by F3 beside those that the server lists; or with what is known
        //                                      // of each: { qwen3: { context: 32768, prices: { … } } }
        //   context: 32768,                    // tokens that a model takes: the status line tells how full it is
        //   prices: { input: 2.5, output: 10, currency: "$" },  // for a million tokens: it tells what the chat cost
        //   // organization: "…", project: "…",
        //   // assistant_id: "asst_…",         // Assistants
        //   headers: { "X-Team": "blue" },     // sent with every request
        //   extra_body: { cache_prompt: true },
        //   // background: true,               // Responses: the service goes on with an answer when the connection breaks
        //                                      // off, and the rest of it is fetched
        //   temperature: 0.2,                  // and the other sampling keys
        //   // allow_plain_http: true,         // a key may travel over http to a host that is not this one
        // },
      },
    }

    """

  /// Every action with the keys that it has, as lines of the comment.
  private static let keys = KeyMap.standard.bindings.map { binding in
    let labels = binding.sequences.map { "\"\($0.label)\"" }
    let list = labels.count == 1 ? labels[0] : "[\(labels.joined(separator: ", "))]"
    let line = "  //   \"\(binding.name)\": \(list),"
    let gap = String(repeating: " ", count: max(1, 60 - line.count))
    return line + (binding.help.map { "\(gap)// \($0)" } ?? "")
  }.joined(separator: "\n")

  /// The names of the roles, as lines of the comment.
  private static let roles: String = {
    var lines = [""]
    for name in Theme.roleNames {
      let last = lines[lines.count - 1]
      if last.count + name.count > 100 {
        lines.append(name)
      } else {
        lines[lines.count - 1] += (last.isEmpty ? "" : " ") + name
      }
    }
    return lines.map { "  //     // " + $0 }.joined(separator: "\n")
  }()
}
