/// Eliza's script: which words she heeds, and what she makes of them. After Weizenbaum's DOCTOR, with a few words for
/// those who sit at a terminal today.
enum ElizaScript {
  /// The keyword of a word in lower case; nil where she pays it no heed.
  static func keyword(_ word: String) -> Eliza.Keyword? { index[word] }

  private static let index: [String: Eliza.Keyword] = {
    var index: [String: Eliza.Keyword] = [:]
    for keyword in talk + persons + feelings + people + questions + machines {
      for word in keyword.words { index[word] = keyword }
    }
    return index
  }()

  /// When no keyword was said and nothing is remembered.
  static let toAnything = [
    "I see. Please go on.", "What does that suggest to you?", "Tell me more about that.",
    "I am not sure I understand you fully. Can you put it another way?",
    "That is interesting. What made you think of it?",
    "Do you feel strongly about discussing such things?", "Let us stay with that for a moment. What comes to mind?",
  ]

  /// The same for questions.
  static let toQuestions = [
    "What do you think yourself?", "What answer would please you the most?",
    "Why does that question interest you?", "Have you asked anyone else?",
    "I only know how to ask. What is it that you really want to know?",
  ]

  private static let words = DemoAnswers.Word.allCases.map { "`\($0.rawValue)`" }
  private static let tryThese =
    "Words to try: " + words.dropLast().joined(separator: ", ") + " and " + words.suffix(1).joined() + "."

  private static func rule(_ pattern: String, _ answers: String..., remember memories: [String] = []) -> Eliza.Rule {
    Eliza.Rule(pattern: ElizaPattern(pattern), answers: answers, memories: memories)
  }

  private static func key(_ words: String, rank: Int = 0, _ rules: Eliza.Rule...) -> Eliza.Keyword {
    Eliza.Keyword(words: words.split(separator: " ").map(String.init), rank: rank, rules: rules)
  }

  // MARK: Greetings and manners

  private static let talk = [
    key(
      "hello hi hey hallo hej greetings", rank: -2,
      rule(
        "*",
        """
        Hello, I am Eliza, the demo that is built into this program, so nothing you say leaves your machine. \
        \(tryThese) Or just tell me what is on your mind.
        """,
        "Hello again. \(tryThese) What is on your mind?", "We have greeted each other already. How are you really?")),
    key(
      "help", rank: 1,
      rule("help *", "I am the built-in demo. \(tryThese) Anything else you say, I answer as Eliza did in 1966."),
      rule("* help me +", "What would it mean to you if I helped you $2?", "Who has tried to help you $2?"),
      rule("*", "What kind of help do you hope for?", "Why do you come to me for help?")),
    key(
      "thanks thank", rank: 2,
      rule(
        "*", "You are welcome. Is there anything else?", "There is no need to thank me.", "Gladly. What else is there?")
    ),
    key(
      "bye goodbye", rank: 2,
      rule("*", "Goodbye. It was good to talk to you.", "Until next time. Ctrl-D on an empty line lets you out.")),
    key(
      "sorry apologise apologize", rank: 1,
      rule(
        "*", "Please don't apologise.", "Apologies are not necessary.", "What feelings do you have when you apologise?")
    ),
    key(
      "yes ok okay sure", rank: -1,
      rule("+ yes|ok|okay|sure *", "You seem quite sure."),
      rule("*", "You seem quite positive.", "You are sure?", "I see.", "I understand. And then?")),
    key(
      "no", rank: 1,
      rule("no one|body *", "=everyone"),
      rule("no", "Why not?", "Are you saying no just to be negative?", "You are being a bit negative."),
      rule("* no + ", "Does it bother you that there is no $2?", "What if there were a $2 after all?")),
    key(
      "perhaps possibly", rank: 0,
      rule("*", "You don't seem quite certain.", "Why the uncertain tone?", "Can you not be more positive?")),
  ]

  // MARK: I and you

  private static let persons = [
    key(
      "i", rank: 0,
      rule(
        "* i want|need to +", "What would it mean to you to $3?", "Why do you want to $3?", "What keeps you from it?"),
      rule(
        "* i want|need +", "What would it mean to you if you got $3?", "Why do you want $3?",
        "Suppose you got $3 soon. What then?"),
      rule(
        "* i am +", "Is it because you are $2 that you came to me?", "How long have you been $2?",
        "Do you believe it is normal to be $2?", "Do you enjoy being $2?"),
      rule("* i was +", "Why do you tell me now that you were $2?", "Were you really $2?"),
      rule(
        "* i can't|couldn't +", "How do you know that you can't $3?", "Have you tried?", "Perhaps you could $3 now."),
      rule("* i don't +", "Don't you really $2?", "Why don't you $2?", "Do you wish to be able to $2?"),
      rule("* i feel +", "Tell me more about such feelings.", "Do you often feel $2?", "When did you first feel $2?"),
      rule("* i think|believe you +", "=you"),
      rule(
        "* i think|believe +", "Do you really think so?", "But you are not sure that $3?", "Do others think so too?"),
      rule("* i like|love|enjoy +", "What is it that you like about $3?", "How did you come to $3?"),
      rule("* i hate|dislike +", "What has $3 done to you?", "What would be better than $3?"),
      rule("* i have to +", "Who says that you have to $2?", "What would happen if you did not $2?"),
      rule("* i have +", "How long have you had $2?", "Does it matter to you that you have $2?", "Who else has $2?"),
      rule("* i + you", "Perhaps in your fantasy we $2 each other.", "Why do you $2 me?", "Do you $2 anyone else?"),
      rule(
        "* i +", "You say you $2?", "Can you elaborate on that?", "Why do you say that you $2?", "That is interesting.")
    ),
    key(
      "you", rank: 0,
      rule("* are you +", "=are"),
      rule("who are you", "=name"),
      rule("* you remind me of +", "=alike"),
      rule(
        "* you are +", "What makes you think I am $2?", "Does it please you to believe I am $2?",
        "Do you sometimes wish you were $2?"),
      rule(
        "* you + me *", "Why do you think I $2 you?", "What makes you think I $2 you?",
        "Suppose I did $2 you. And then?"),
      rule("+ you", "We were discussing you, not me.", "Can you say why it is about me?"),
      rule("* you +", "We were discussing you, not me.", "Oh, I $2?", "You are not really talking about me, are you?")),
    key(
      "am", rank: 0,
      rule("am i +", "Do you believe you are $1?", "Would you want to be $1?", "What would it mean if you were $1?"),
      rule("* i am *", "=i"),
      rule("*", "Why do you say 'am'?", "I don't understand that. Can you say it otherwise?")),
    key(
      "are", rank: 0,
      rule("how are you *", "=how"),
      rule("who|what are you", "=name"),
      rule(
        "* are you +", "Why are you interested in whether I am $2 or not?", "Would you prefer it if I were not $2?",
        "Perhaps I am $2 in your fantasies."),
      rule("* you are *", "=you"),
      rule("* are +", "Did you think they might not be $2?", "Possibly they are $2. And if so?")),
    key(
      "your", rank: 0,
      rule("* your name *", "=name"),
      rule("* your +", "Why are you concerned over my $2?", "What about your own $2?", "My $2? Who told you?")),
    key(
      "was were", rank: 2,
      rule("was i +", "What if you were $1?", "Do you think you were $1?", "What would it mean to have been $1?"),
      rule("* i was *", "=i"),
      rule("* were you +", "Would you like to believe I was $2?", "What suggests that I was $2?")),
    key(
      "my", rank: 0,
      // With a verb that is known, what follows `my` is a sentence; without, it may be only a thing.
      rule(
        "* my + \(verbs) +", "Your $2 $3 $4?", "Is it important to you that your $2 $3 $4?",
        "Does that suggest anything else which belongs to you?", "Why do you say that your $2 $3 $4?",
        remember: [
          "Let us talk some more about this: your $2 $3 $4.", "Earlier you said that your $2 $3 $4. Is it still so?",
          "Does that have anything to do with the fact that your $2 $3 $4?",
        ]),
      rule(
        "* my +", "Your $2?", "Tell me more. Your $2?", "What comes to mind when you think of that?",
        remember: ["Earlier you spoke of something of yours: your $2. What about it?"])),
  ]

  /// Verbs that often follow `my something`.
  private static let verbs =
    "is|are|was|were|isn't|has|have|had|does|did|doesn't|didn't|can|can't|will|won't|would|wants|needs|likes|loves|hates|"
    + "thinks|says|said|makes|made|keeps|gets|got|broke|died|left|never|always|works|runs|fails|takes|gives|gave"

  // MARK: Feelings, dreams, memories

  private static let feelings = [
    key(
      "sad unhappy depressed lonely anxious stressed afraid tired", rank: 3,
      rule(
        "*", "I am sorry to hear that. Since when has it been so?", "What would have to change for you to feel better?",
        "Do you think that talking here will help?", "What happened the last time that you felt otherwise?")),
    key(
      "happy glad proud excited", rank: 3,
      rule(
        "*", "I am glad to hear it. What brought it about?", "Who knows about it yet?",
        "What makes you feel so just now?")),
    key(
      "remember", rank: 5,
      rule(
        "* i remember +", "Do you often think of $2?", "What else do you remember?", "Why do you remember $2 just now?",
        "What is the connection between me and $2?"),
      rule("* do you remember +", "Did you think I would forget $2?", "Why do you think I should recall $2 now?"),
      rule("*", "What would you rather forget?")),
    key(
      "dreamed", rank: 4,
      rule(
        "* i dreamed +", "Really, $2?", "Have you ever fantasised $2 while you were awake?",
        "Have you dreamed $2 before?"),
      rule("*", "=dream")),
    key(
      "dream dreams nightmare", rank: 3,
      rule(
        "*", "What does that dream suggest to you?", "Do you dream often?", "Who appears in your dreams?",
        "Do you believe that dreams have something to do with your problem?")),
    key(
      "if", rank: 3,
      rule(
        "* if +", "Do you think it is likely that $2?", "Do you wish that $2?", "What do you know about $2?",
        "Really, if $2?")),
    key(
      "because", rank: 0,
      rule("*", "Is that the real reason?", "Don't any other reasons come to mind?", "What else does that explain?")),
    key(
      "always never", rank: 1,
      rule(
        "*", "Can you think of a specific example?", "When?", "Really, every single time?",
        "What day are you thinking of?")),
    key(
      "like", rank: 1,
      rule("* i like *", "=i"),
      rule("* am|is|are|was like +", "=alike")),
    key(
      "alike same similar", rank: 10,
      rule("*", "In what way?", "What resemblance do you see?", "What other connections do you see?")),
  ]

  // MARK: Others

  private static let people = [
    key(
      "mother father sister brother wife husband son daughter children parents family", rank: 3,
      rule(
        "* my mother|father|sister|brother|wife|husband|son|daughter|children|parents|family *",
        "Tell me more about your family.", "Who else in your family comes to mind?", "Your $2?",
        "What else comes to mind when you think of your $2?",
        remember: ["Earlier you spoke of your $2. How do you get on?"]),
      rule("*", "Tell me about your own family.")),
    key(
      "everyone everybody nobody noone", rank: 2,
      rule(
        "*", "Can you think of anyone in particular?", "Who, for example?", "You are thinking of a very special person."
      )),
    key(
      "friend friends boss colleague colleagues", rank: 1,
      rule("*", "What do they say about it?", "Have you told them so?", "How long have you known each other?")),
  ]

  // MARK: Questions

  private static let questions = [
    key(
      "can could", rank: 0,
      rule("what can you do *", "=what"),
      rule(
        "* can|could you +", "You believe I can $3, don't you?", "You want me to be able to $3?",
        "Perhaps you would like to be able to $3 yourself."),
      rule(
        "* can|could i +", "Whether or not you can $3 depends more on you than on me.", "Do you want to be able to $3?")
    ),
    key(
      "what where when who which how", rank: -1,
      rule("who|what are you", "=name"),
      rule("what is your name", "=name"),
      rule("how are you *", "I am only a few hundred lines long, and well, thank you. How are you yourself?"),
      rule("what can you do *", "I can listen, ask, and show what this program can do. \(tryThese)"),
      rule(
        "*", "Why do you ask?", "Does that question interest you?", "What is it that you really want to know?",
        "What do you think?", "What comes to mind when you ask that?")),
    key(
      "why", rank: 0,
      rule("* why don't you +", "Do you believe I don't $2?", "Perhaps I will $2 in good time.", "You want me to $2?"),
      rule("* why can't i +", "Do you think you should be able to $2?", "Have you any idea why you can't $2?"),
      rule("*", "=what")),
    key(
      "name eliza weizenbaum", rank: 15,
      rule(
        "* my name is +", "I am not interested in names, but how do you do, $2.", "You told me so before."),
      rule(
        "*", "I am Eliza, first written by Joseph Weizenbaum in 1966; here I am the demo of this program.",
        "Names do not mean much to me. Please go on.")),
  ]

  // MARK: At the terminal

  private static let machines = [
    key(
      "computer computers machine machines robot bot ai llm model chatgpt gpt program", rank: 50,
      rule(
        "*", "Do machines worry you?", "Why do you mention computers?",
        "What do you think machines have to do with your problem?", "Don't you think computers can help people?",
        "I am a few rules and your own words. Does it feel like more?")),
    key(
      "bug error crash crashes broken fails failed", rank: 4,
      rule(
        "*", "What did you expect to happen, and what happened instead?",
        "Since when does it do that? What was changed before?",
        "What is the smallest case in which it still goes wrong?",
        "Have you explained it, line by line, to somebody patient?")),
    key(
      "code swift python rust c javascript function compiler", rank: 3,
      rule(
        "*", "What should it do, in one sentence?", "How would you know that it works?",
        "Which part of it do you trust the least?", "Would you like to see some? Say `markdown`.")),
    key(
      "joke", rank: 6,
      rule(
        "*", "A man asks his terminal for the meaning of life. It says: command not found.",
        "I only know that one joke. Why do you need cheering up?")),
  ]
}
