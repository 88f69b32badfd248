import ChatScreen
import Testing

@testable import aichat_tui

/// The looks that a configuration file asks for.
struct ConfiguredAppearanceTests {
  private func appearance(_ text: String) throws -> Appearance {
    try ConfigurationFile(text: text, path: "c.json").appearance.settled
  }

  @Test func byDefaultTheTerminalsOwnColours() throws {
    #expect(try appearance("{}") == Appearance())
    #expect(Appearance().theme.name == "terminal" && Appearance().isAnimated && Appearance().textWidth == 100)
  }

  @Test func aThemeByItsName() throws {
    let looks = try appearance(#"{ "theme": "mono", "animation": false, "text_width": 72 }"#)
    #expect(looks.theme.name == "mono" && !looks.isAnimated && looks.textWidth == 72)
    #expect(try appearance(#"{ "text_width": 0 }"#).textWidth == nil)
  }

  @Test func themesOfOnesOwn() throws {
    let looks = try appearance(
      """
      { theme: "second", themes: {
          first: { base: "calm", roles: { heading: "bold blue" } },
          second: { base: "first", roles: { code: "#a0c0ff on default" } },
          mono: { roles: { user: "red" } } } }
      """)
    var first = Theme(name: "first", basedOn: try #require(Theme.builtIn.first { $0.name == "calm" }))
    try first.set("heading", to: "bold blue")
    var second = Theme(name: "second", basedOn: first)
    try second.set("code", to: "147")
    #expect(looks.theme == second)
    #expect(looks.themes.map(\.name) == ["terminal", "calm", "warm", "high-contrast", "first", "second", "mono"])
    #expect(looks.themes.last != Theme.builtIn.first { $0.name == "mono" })
  }

  @Test(arguments: [
    (#"{ theme: "clam" }"#, "line 1: theme cannot be “clam”; did you mean calm?"),
    ("{\n themes: { a: {\n base: \"b\" } } }", "line 3: themes.a.base cannot be “b” (one of terminal,"),
    (
      "{\n themes: { a: { roles: {\n headng: \"red\" } } } }",
      "line 3: themes.a.roles.headng is no role; did you mean heading?"
    ),
    ("{ themes: { a: { roles: {\n heading: \"bold rde\" } } } }", "line 2: themes.a.roles.heading has “rde”"),
    ("{ themes: { a: { roles: { heading: 4 } } } }", "themes.a.roles.heading must be a text"),
    ("{ themes: { a: { role: {} } } }", "“role” is no key of themes.a; did you mean roles?"),
    ("{ themes: [] }", "themes must be an object"), ("{ animation: 1 }", "animation must be true or false"),
    ("{ text_width: 7 }", "text_width must be 0, for the whole width, or at least 20"),
  ]) func mistakesAreNamedByTheirLine(_ text: String, _ words: String) {
    let failure = #expect(throws: CommandFailure.self) { try ConfigurationFile(text: text, path: "c.json") }
    #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
  }
}
