import Glibc
import TestSupport
import Testing

/// What the program says of a command line, an environment or a file that is wrong.
struct ConfigurationMistakeTests {
  @Test(arguments: [
    (["ask", "--mdoel", "x", "Hi"], "--model"), (["ask"], "question"), (["ask", "--temperature", "hot", "Hi"], "hot"),
    (["aks", "Hi"], "ask"), ([], "--plain"), (["ask", "--prompt", "concsie", "--provider", "demo", "Hi"], "concise"),
    (["ask", "--provider", "opnai", "Hi"], "openai"), (["config"], "check"),
  ])
  func usage(_ arguments: [String], _ word: String) async throws {
    let outcome = try await Program.run(arguments)
    #expect(outcome.code == 64 && outcome.output == "")
    #expect(outcome.errors.contains(word), "\(outcome.errors)")
  }

  @Test(arguments: [["ask", "Hi"], ["ask", "--json", "Hi"], ["models"]])
  func nothingConfigured(_ arguments: [String]) async throws {
    let outcome = try await Program.run(arguments)
    #expect(outcome.code == 78 && outcome.errors.contains("--provider demo"))
    if arguments.contains("--json") {
      let line = try ResultLine(outcome)
      #expect(line.status == "failed" && line.error?.kind == "config")
    }
  }

  @Test func aKeyNeverTravelsInTheClear() async throws {
    let environment = [
      "OPENAI_BASE_URL": "http://chat.example/v1", "OPENAI_API_KEY": Program.key, "OPENAI_MODEL": "m",
    ]
    let outcome = try await Program.run(["ask", "Hi"], environment)
    #expect(outcome.code == 78 && outcome.errors.contains("chat.example"), "\(outcome.errors)")
  }

  @Test func files() async throws {
    let scratch = Scratch()
    let missing = try await Program.run(["ask", "--config", scratch.path + "/no.json", "Hi"])
    #expect(missing.code == 78 && missing.errors.contains("no.json"))
    let noVariables = try await Program.run(["ask", "--env-file", scratch.path + "/no.env", "Hi"])
    #expect(noVariables.code == 78 && noVariables.errors.contains("no.env"))
    let bad = scratch.write("bad.env", "# x\nOPENAI_API_KEY\n")
    let badLine = try await Program.run(["ask", "--env-file", bad, "Hi"])
    #expect(badLine.code == 78 && badLine.errors.contains("bad.env, line 2"))
    let wrong = scratch.write("aichat-tui/config.json", "{\n  provder: 'x',\n}")
    let key = try await Program.run(["ask", "Hi"], ["XDG_CONFIG_HOME": scratch.path])
    #expect(key.code == 78 && key.errors.contains("\(wrong), line 2") && key.errors.contains("provider"))
  }

  /// All mistakes of the files, each as it would be named alone; another command names the first.
  @Test func checkNamesAllMistakes() async throws {
    let scratch = Scratch()
    let text = """
      {
        provder: 'x', retries: -1, theme: 'clam', colour: 1,
        timeouts: { total: 'long', chnk: 3 },
        providers: { a: { type: 'opnai', model: 4, key: '\(Program.key)' }, b: 7, openai: { temperature: 'hot' } },
        themes: { mine: { base: 'b', roles: { heading: 'bold rde', headng: 'red' } } },
      }
      """
    let path = scratch.write("c.json", text)
    let variables = scratch.write("bad.env", "A=1\nB\nC=2\n1D=3\n")
    let outcome = try await Program.run(["config", "check", "--config", path, "--env-file", variables])
    #expect(outcome.code == 78 && !outcome.errors.contains(Program.key))
    let named = outcome.errors.split(separator: "\n")
    #expect(named.allSatisfy { $0.hasPrefix("aichat-tui: \(scratch.path)") }, "\(outcome.errors)")
    let expected = [
      "bad.env, line 2", "bad.env, line 4", "line 2: “provder”", "line 2: retries", "line 2: theme", "line 2: “colour”",
      "line 3: timeouts.total", "line 3: “chnk”", "line 4: providers.a.type", "line 4: providers.a.model",
      "line 4: “key” is no key of providers.a", "line 4: providers.b must be", "line 4: providers.openai.temperature",
      "line 5: themes.mine.base", "line 5: themes.mine.roles.heading", "line 5: themes.mine.roles.headng",
    ]
    for words in expected { #expect(named.count { $0.contains(words) } == 1, "\(words) in \(outcome.errors)") }
    #expect(named.count == expected.count, "\(outcome.errors)")
    let asked = try await Program.run(["ask", "--config", path, "Hi"])
    #expect(asked.code == 78 && asked.errors.split(separator: "\n").count == 1)
  }

  @Test func aFileWithAKeyMustBePrivate() async throws {
    let server = try FaultServer { _ in [.head(200), .chunk("data: [DONE]\n\n"), .end] }
    let scratch = Scratch()
    let text = """
      { provider: "mine", providers: { mine: { type: "openai", endpoint: "\(server.url)", model: "m",
        api_key: "\(Program.key)" } } }
      """
    let path = scratch.write("c.json", text, mode: 0o644)
    let refused = try await Program.run(["ask", "--config", path, "Hi"])
    #expect(refused.code == 78 && refused.errors.contains("chmod 600 \(path)"))
    chmod(path, 0o600)
    #expect(try await Program.run(["ask", "--config", path, "Hi"]).code == 0)
    #expect(server.requests.map { $0.header("authorization") } == ["Bearer \(Program.key)"])
  }

  @Test func nothingIsReadFromTheWorkingDirectory() async throws {
    let scratch = Scratch()
    for name in [".env", "config.json", "aichat-tui/config.json", ".config/aichat-tui/config.json"] {
      scratch.write(name, "OPENAI_API_KEY=\(Program.key)\n")
    }
    let outcome = try await Program.run(["ask", "Hi"], directory: scratch.path)
    #expect(outcome.code == 78 && outcome.errors.contains("no provider is configured"))
  }

  @Test func anEnvironmentFileIsReadWhereItIsNamed() async throws {
    let server = try FaultServer { _ in [.head(200), .chunk("data: [DONE]\n\n"), .end] }
    let scratch = Scratch()
    let file = scratch.write(
      "x.env", "export OPENAI_BASE_URL='\(server.url)/v1'\nOPENAI_API_KEY=\(Program.key) # mine\nOPENAI_MODEL=file\n")
    let outcome = try await Program.run(["ask", "--env-file", file, "Hi"], ["OPENAI_MODEL": "env"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(server.requests.first?.bodyText.contains(#""model":"env""#) == true)
  }
}
