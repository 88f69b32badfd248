import ChatModel
import Testing

@testable import ChatServer

struct ElizaTests {
  @Test(arguments: [
    ("I am sad about my job", "I am sorry to hear that. Since when has it been so?"),
    ("I want a holiday", "What would it mean to you if you got a holiday?"),
    ("I want to leave my job", "What would it mean to you to leave your job?"),
    ("I'm learning Latin", "Is it because you are learning Latin that you came to me?"),
    ("you are kind to me", "What makes you think I am kind to you?"),
    ("do you remember Paris?", "Did you think I would forget Paris?"),
    ("I remember my first bicycle", "Do you often think of your first bicycle?"),
    ("It rained, but my cat hates the rain", "Your cat hates the rain?"),
    ("My mother called", "Tell me more about your family."),
    ("Why can't I sleep?", "Do you think you should be able to sleep?"),
    ("I can’t concentrate", "How do you know that you can't concentrate?"),
    ("How are you?", "I am only a few hundred lines long, and well, thank you. How are you yourself?"),
    ("I think you hate me", "Why do you think I hate you?"),
    ("if you are right", "Do you think it is likely that I am right?"),
    ("no", "Why not?"),
    ("Rain.", "I see. Please go on."),
    ("Rain?", "What do you think yourself?"),
  ])
  func answers(said: String, answer: String) {
    #expect(Eliza.reply(to: [said]) == answer)
  }

  @Test func theHigherRankWins() {
    // `computer` ranks above everything, wherever it stands.
    #expect(Eliza.reply(to: ["I am sad, I dream of my computer"]) == "Do machines worry you?")
  }

  @Test func answersOfARuleTakeTurns() {
    let answers = (1...6).map { Eliza.reply(to: Array(repeating: "rain", count: $0)) }
    #expect(answers == Array(ElizaScript.toAnything.prefix(6)))
    #expect(Eliza.reply(to: Array(repeating: "rain", count: 8)) == ElizaScript.toAnything[0])
  }

  @Test func whatWasSaidOfMineComesUpAgain() {
    let talk = ["my garden is full of snails", "rain"]
    #expect(Eliza.reply(to: talk) == "Let us talk some more about this: your garden is full of snails.")
    #expect(Eliza.reply(to: talk + ["rain"]) == "I see. Please go on.", "each memory comes up once")
  }

  @Test func greetingTellsWhatThisIsAndWhatToTry() {
    let greeting = Eliza.reply(to: ["hello"])
    #expect(greeting.contains("demo") && !greeting.contains("\n"))
    for word in DemoAnswers.Word.allCases { #expect(greeting.contains("`\(word.rawValue)`")) }
    #expect(Eliza.reply(to: ["Hello, I am learning Latin"]).contains("learning Latin"))
  }

  @Test func talkWithoutEndIsReadInTime() {
    let started = ContinuousClock.now
    let answer = Eliza.reply(to: [String(repeating: "i want you to my ", count: 50_000)])
    #expect(!answer.isEmpty && answer.count < 400)
    #expect(ContinuousClock.now - started < .seconds(2))
    #expect(!Eliza.reply(to: [""]).isEmpty)
    #expect(!Eliza.reply(to: []).isEmpty)
  }

  @Test func everyRuleReferenceLeadsToAnAnswer() {
    // Whatever the rules, no answer may show the script's own signs.
    let sayings = [
      "no one cares", "you remind me of rain", "this is like rain", "who are you", "what can you do", "are you a bot",
      "am I late", "was I late", "I think you lie", "perhaps I dreamed it", "I dreamed of snow", "why", "what", "yes",
    ]
    for said in sayings {
      for times in 1...5 {
        let answer = Eliza.reply(to: Array(repeating: said, count: times))
        #expect(!answer.contains("=") && !answer.contains("$"), "\(said): \(answer)")
      }
    }
  }

  @Test func aPatternTellsTheGaps() {
    let clause = ElizaWord.clauses(of: "well I want to sleep")[0]
    let parts = ElizaPattern("* i want|need to +").match(clause)
    #expect(parts?.map { $0.map(\.text) } == [["well"], ["want"], ["sleep"]])
    #expect(ElizaPattern("* i want|need to + now").match(clause) == nil)
  }
}

struct DemoMannerTests {
  @Test func theDefaultPromptChangesNothing() {
    #expect(DemoManner(systemPrompt: SystemPrompt.helpful.text).applied(to: "A. B.") == "A. B.")
    #expect(DemoManner(systemPrompt: "").applied(to: "A. B.") == "A. B.")
  }

  @Test func everyOtherBuiltInPromptShows() {
    let answers = SystemPrompt.builtIn.dropFirst().map { DemoManner(systemPrompt: $0.text).applied(to: "A. B.") }
    #expect(
      answers == [
        "A.", "Speaking as an experienced code reviewer: A. B.", "Speaking as an expert programmer: A. B.",
        "Speaking as your help at a Unix shell: A. B.", "Speaking as a professional translator: A. B.",
        "Speaking as a patient tutor: A. B.", "Speaking as a copy editor: A. B.", "Speaking as your summarizer: A. B.",
      ])
  }

  @Test func apromptOfOnesOwnShows() {
    #expect(DemoManner(systemPrompt: "You are a pirate who sings.").applied(to: "A.") == "Speaking as a pirate: A.")
    #expect(DemoManner(systemPrompt: "Rhyme.").applied(to: "A.") == "A. (My instructions begin: “Rhyme.”)")
  }
}
