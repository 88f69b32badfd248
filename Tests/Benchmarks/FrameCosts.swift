import ChatScreen
import TerminalModel

/// What a frame costs: the state takes in what happened, and the screen is drawn.
enum FrameCosts {
  private static let megabyte = 1 << 20
  /// The most that one frame may take, in milliseconds.
  private static let limit = 16.0

  /// Measures all of it.
  static func measure(into report: inout Report) {
    lengths(&report)
    report.title("The worst frame (ms of processor time)")
    opening(&report)
    growing("a paragraph", Answers.paragraph(megabyte), &report)
    growing("a fence", Answers.fence(megabyte), &report)
    growing("usual blocks", Answers.markdown(megabyte), &report)
    sideBySide(&report)
    scrolling(&report)
    lateLinks(&report)
  }

  /// A piece of an answer costs the same, whatever lies above it.
  private static func lengths(_ report: inout Report) {
    report.title("A frame while an answer streams (ms), and its ratio to that of a chat of ten lines")
    var short = Stage()
    let ten = streaming(&short)
    report.add("a chat of ten lines", ten * 1000, "ms", budget: 1)
    var messages = tenThousandMessages()
    report.add("below 10,000 messages", streaming(&messages) / ten, "x", budget: 1.5)
    var long = Stage()
    long.ask()
    long.stream(Answers.markdown(megabyte))
    report.add("at the end of an answer of 1 MB", streaming(&long, isNew: false) / ten, "x", budget: 1.5)
  }

  /// The median of frames that some words are added in.
  private static func streaming(_ stage: inout Stage, isNew: Bool = true) -> Double {
    if isNew { stage.ask() }
    stage.stream("\n\nBegun")
    stage.restart()
    let tokens = Answers.tokens(600)
    for start in stride(from: 0, to: tokens.count, by: 3) { stage.stream(tokens[start..<start + 3].joined()) }
    return stage.median
  }

  private static func tenThousandMessages() -> Stage {
    var stage = Stage()
    for number in 0..<5_000 { stage.exchange("Message \(number) has *some* words.\n\n- and\n- items\n") }
    return stage
  }

  private static func opening(_ report: inout Report) {
    let text = Answers.markdown(megabyte)
    var stage = Stage()
    stage.ask()
    stage.restart()
    stage.stream(text)
    note("1 MB that comes at once", &stage, &report)
    stage.finish(text)
    note("its end", &stage, &report)
    resize(&stage)
    note("a resize", &stage, &report)
    ends(&stage)
    note("its ends", &stage, &report)
    var whole = Stage()
    whole.ask()
    whole.restart()
    whole.finish(text)
    note("1 MB that is whole when it comes", &whole, &report)
    var long = Stage()
    long.exchange(Answers.paragraph(megabyte))
    long.restart()
    resize(&long)
    note("a resize of a paragraph of 1 MB", &long, &report)
  }

  private static func growing(_ name: String, _ text: String, _ report: inout Report) {
    var stage = Stage()
    stage.ask()
    stage.restart()
    for piece in Answers.pieces(of: text, 4096) { stage.stream(piece) }
    note("\(name) grows to 1 MB, 4 KB a frame", &stage, &report)
    resize(&stage)
    note("a resize then", &stage, &report)
    stage.finish(text)
    note("its end", &stage, &report)
    ends(&stage)
    note("its ends", &stage, &report)
  }

  private static func sideBySide(_ report: inout Report) {
    var stage = tenThousandMessages()
    stage.take(.resized(Size(columns: 200, rows: 50)))
    stage.compare()
    stage.restart()
    for token in Answers.tokens(2000) { stage.streamToAll(token) }
    note("four answers side by side, a token each a frame", &stage, &report)
    for piece in Answers.pieces(of: Answers.markdown(megabyte / 4), 4096) { stage.streamToAll(piece) }
    note("four answers that grow to 256 KB, 4 KB a frame", &stage, &report)
    resize(&stage)
    note("a resize then", &stage, &report)
  }

  private static func scrolling(_ report: inout Report) {
    var stage = tenThousandMessages()
    stage.restart()
    for _ in 0..<3000 { stage.press(.pageUp) }
    for _ in 0..<3000 { stage.press(.pageDown) }
    note("10,000 messages from end to end", &stage, &report)
    ends(&stage)
    note("their ends", &stage, &report)
    resize(&stage)
    note("a resize", &stage, &report)
  }

  private static func lateLinks(_ report: inout Report) {
    let text = Answers.lateLinks(megabyte / 2) + Answers.definitions
    var stage = Stage()
    stage.ask()
    for piece in Answers.pieces(of: text, 4096) { stage.stream(piece) }
    stage.restart()
    stage.finish(text)
    note("the end of an answer that defines links", &stage, &report)
    ends(&stage)
    note("its ends", &stage, &report)
  }

  private static func resize(_ stage: inout Stage) {
    for columns in [100, 60, 81, 120] { stage.take(.resized(Size(columns: columns, rows: 40))) }
  }

  private static func ends(_ stage: inout Stage) {
    for _ in 0..<3 {
      stage.press(.home, .control)
      stage.press(.end, .control)
    }
  }

  private static func note(_ name: String, _ stage: inout Stage, _ report: inout Report) {
    report.add(name, stage.worst * 1000, "ms", budget: limit)
    stage.restart()
  }
}
