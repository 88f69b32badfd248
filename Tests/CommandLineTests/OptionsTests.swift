import Testing

@testable import aichat_tui

struct OptionsTests {
  private func failure(_ arguments: [String]) -> String? {
    do throws(CommandFailure) {
      _ = try Options(arguments: arguments)
      return nil
    } catch {
      #expect(error.code == .usage)
      return error.message
    }
  }

  @Test func everyFormOfAnOption() throws {
    for arguments in [["--model", "x"], ["--model=x"], ["-m", "x"], ["-mx"], ["-m=x"]] {
      #expect(try Options(arguments: ["ask"] + arguments + ["hi"]).model == "x")
      #expect(try Options(arguments: arguments + ["ask", "hi"]).words == ["hi"])
    }
    #expect(try Options(arguments: ["ask", "--system="]).system == "")
    #expect(try Options(arguments: ["ask", "--system=\u{301}x"]).system == "\u{301}x")
    #expect(try Options(arguments: ["ask", "-s\u{301}x"]).system == "\u{301}x")
    #expect(try Options(arguments: ["ask", "-s", "--json"]).system == "--json")
  }

  @Test func wordsAfterTwoDashes() throws {
    let options = try Options(arguments: ["ask", "a", "--", "--json", "-m"])
    #expect(options.words == ["a", "--json", "-m"])
    #expect(!options.isJSON)
    #expect(try Options(arguments: ["ask", "-"]).words == ["-"])
  }

  @Test func numbers() throws {
    let options = try Options(arguments: [
      "ask", "--temperature=0.5", "--max-tokens", "7", "--seed=-3", "--chunk-timeout", "0.25", "--retries", "0",
    ])
    #expect(options.parameters.temperature == 0.5)
    #expect(options.parameters.maxTokens == 7)
    #expect(options.parameters.seed == -3)
    #expect(options.timeouts.chunk == 0.25)
    #expect(options.retries == 0)
  }

  @Test(arguments: [
    (["ask", "--temperature", "warm"], ["--temperature", "warm"]),
    (["ask", "--temperature", "nan"], ["--temperature", "nan"]),
    (["ask", "--max-tokens", "0"], ["--max-tokens", "0"]),
    (["ask", "--chunk-timeout", "-1"], ["--chunk-timeout", "-1"]),
    (["ask", "--mdoel", "x"], ["--mdoel", "--model"]),
    (["ask", "--model"], ["--model", "NAME"]),
    (["ask", "--json=1"], ["--json", "no value"]),
    (["serve", "-m", "a", "-m", "b"], ["--model", "twice"]), (["ask", "-m", "a", "-m", ""], ["--model", "empty"]),
    (["ask", "--jobs", "0"], ["--jobs", "from 1"]), (["ask", "--jobs", "1000"], ["--jobs", "256"]),
    (["ask", "--each", "--continue"], ["--continue", "--each"]), (["--each"], ["--each", "ask"]),
    (["ask", "--events"], ["--events", "decode"]),
    (["ask", "--api-key", "k"], ["--api-key"]),
    (["ask", "-s", "a", "--prompt", "b"], ["--system", "--prompt"]),
    (["aks"], ["aks", "ask"]), (["config"], ["check", "init"]), (["config", "chekc"], ["check"]),
    (["models", "all"], ["all"]), (["decode", "--json", "--events"], ["--json", "--events"]),
    (["ask", "--endpoint="], ["--endpoint"]),
  ])
  func mistakesAreNamed(_ arguments: [String], _ words: [String]) {
    let message = failure(arguments)
    for word in words { #expect(message?.contains(word) == true, "\(message ?? "no failure") lacks \(word)") }
  }

  @Test func theHelpNamesEveryOptionOfItsCommand() {
    for command in Command.allCases {
      let text = HelpText.text(for: command)
      for option in command.options { #expect(text.contains(option.rawValue)) }
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 }, "\(command)")
    }
    #expect(HelpText.text(for: .chat).contains("decode"))
  }

  @Test func theNearestName() {
    let names = ["--model", "--seed", "--prompt", "--provider"]
    #expect(NearestName.find("--modle", among: names) == "--model")
    #expect(NearestName.find("--prov", among: names) == "--provider")
    #expect(NearestName.find("--xyz", among: names) == nil)
  }
}
