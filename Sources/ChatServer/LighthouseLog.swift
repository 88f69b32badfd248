/// Prose for as long as wanted: the log of a lighthouse keeper, one numbered paragraph a day.
///
/// Each sentence takes its words from lists of lengths that have no common divisor, so that it takes years until
/// two days are alike. The same day always reads the same.
enum LighthouseLog {
  /// A heading line and that many paragraphs.
  static func text(days: Int) -> String {
    let opening =
      "Here is the log of a lighthouse keeper. It is long on purpose: stop me whenever you have read enough."
    return ([opening] + (0..<max(0, days)).map { "\($0 + 1). " + paragraph($0) }).joined(separator: "\n\n")
  }

  private static func paragraph(_ day: Int) -> String {
    func pick(_ list: [String], _ step: Int) -> String { list[(day * step + step) % list.count] }
    let sentences = [
      "\(pick(weathers, 1)), and \(pick(lights, 2)).",
      "Before breakfast I \(pick(tasks, 3)), which took \(pick(spans, 1)) longer than it should have, because "
        + "\(pick(troubles, 2)).",
      "Towards noon \(pick(ships, 1)) came by \(pick(places, 2)), \(pick(cargoes, 3)), and \(pick(greetings, 1)).",
      "I wrote it down, as I write everything down, with the hour, the wind and the state of the tide; "
        + "\(pick(reasons, 2)).",
      "In the afternoon \(pick(visitors, 1)), and I gave up \(pick(plans, 3)) to watch.",
      "\(pick(thoughts, 1)) The lamp was lit at \(pick(hours, 2)), and \(pick(nights, 1)).",
    ]
    return sentences.joined(separator: " ")
  }

  private static let weathers = [
    "The morning began with fog so thick that the rail of the gallery was the end of the world",
    "A hard wind stood in from the north-west before it was light",
    "It was one of those still days when the sea looks like poured glass",
    "Rain came in three short showers, each with a rainbow behind it",
    "The night's frost had drawn ferns on the seaward panes",
    "A long swell was running, though there was hardly any wind to make it",
    "Low cloud hung over the mainland while we stood in sunshine",
  ]
  private static let lights = [
    "the first colour in the east was the grey of a gull's back", "the sun came up red as a forge",
    "no horizon was to be seen at all", "the water turned green, then silver, as I watched",
    "every rock of the reef stood out as if cut with a knife",
  ]
  private static let tasks = [
    "cleaned the lens with spirit and a linen cloth", "wound the clockwork and oiled its bearings",
    "carried eleven cans of oil up the hundred and sixty steps", "painted the lower half of the iron door",
    "patched the gutter that feeds the cistern", "trimmed all the wicks and threw the old ones out",
    "sorted the flags, which the damp had stuck together", "swept the sand out of the boathouse",
    "mended the lanyard of the fog bell", "limed the garden wall on its weather side",
    "wrote the quarterly list of stores",
  ]
  private static let spans = ["an hour", "twenty minutes", "half a morning"]
  private static let troubles = [
    "the good ladder was still on the other island", "the cat had taken an interest in it",
    "I stopped at every window to look at the water", "my hands were stiff with the cold",
    "a screw rolled away and had to be hunted through the whole lower store", "the paint had thickened in its tin",
    "I had first to find my spectacles, which were on my forehead", "the wind took the cloth twice",
  ]
  private static let ships = [
    "a three-masted barque", "the mail steamer", "a pair of herring drifters", "a collier low in the water",
    "the pilot's cutter", "a white yacht under far too much sail", "an old ketch with a patched brown mainsail",
    "a tug with two barges behind it", "the doctor's motor boat",
  ]
  private static let places = [
    "inside the reef", "beyond the bell buoy", "so near that I could read her name", "at the very edge of sight",
  ]
  private static let cargoes = [
    "with timber stacked on deck as high as the rail", "in ballast, to judge by her height",
    "with a piano under a tarpaulin, or something of that shape", "with sheep, whom one could hear",
    "showing neither flag nor hurry",
  ]
  private static let greetings = [
    "dipped her ensign, which I answered", "someone at the stern waved a hat for as long as I could see him",
    "gave three short blasts that set off all the gulls",
    "passed without a sign, like a thought one does not say aloud",
    "asked by flags for the time, which I gave to the minute",
    "left a wake that was still breaking on the rocks when she "
      + "was gone", "slowed to throw me a bundle of newspapers in oilskin",
  ]
  private static let reasons = [
    "a log in which nothing happens is still the proof that somebody was awake",
    "the inspector reads it once a year and likes a clear hand",
    "my predecessor did the same, and I have often been glad of him",
    "it is surprising how soon one day is taken for another", "what is written down need not be carried about",
  ]
  private static let visitors = [
    "a flock of fieldfares rested on the gallery rail", "two seals lay on the landing stage as if they had paid for it",
    "the boy from the farm rowed over with eggs", "a minke whale went twice round the skerry",
    "the schoolmistress brought six children and a great many questions",
    "an owl, of all things, sat on the fog bell", "a single swallow flew in at one window and out at the other",
    "a bottle was washed up, with nothing in it but sea", "the tide went out further than I have ever seen it",
    "a gannet fished off the point, folding up like an umbrella each time it dived",
  ]
  private static let plans = [
    "the accounts", "my letter to my sister", "the second coat of paint", "a nap that I had looked forward to",
    "the chess problem in last month's paper", "the darning", "a plan to reorganise the tool shelf",
  ]
  private static let thoughts = [
    "People ask whether it is lonely here, and I tell them that a light is always addressed to somebody.",
    "I have come to think that patience is mostly a matter of having something small to look at.",
    "The sea does the same thing every day and has never yet repeated itself.",
    "Of all the sounds the tower makes, the one I listen for is the clockwork, and I hear it only when it stops.",
    "There is a kind of happiness that consists in knowing where every tool is.",
    "A ship that passes safely does not know that it was helped, which is exactly as it should be.",
    "Supper was potatoes, and better than it sounds.",
    "I tried to remember what I used to do with my evenings in town and could not.",
  ]
  private static let hours = ["ten minutes to six", "six exactly", "a quarter past six", "twenty to seven", "seven"]
  private static let nights = [
    "the beam went round over an empty sea", "moths came to the glass in hundreds",
    "towards midnight the stars were so many that the light seemed rude",
    "a small rain ticked on the dome until I fell asleep", "far out, one other light answered ours",
    "the wind dropped as if it had been told to", "the moon rose late, crooked and orange",
    "I slept between the watches without a dream", "nothing else happened, which is what we are here for",
    "the barometer began to rise at last", "the bell buoy talked to itself until morning",
  ]
}
