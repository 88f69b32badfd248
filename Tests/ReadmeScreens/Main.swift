import Glibc
import TestSupport

/// Writes the screens of the README anew, from the real program on a terminal, talking to its embedded demo.
///
/// ```sh
/// ReadmeScreens .build/release/aichat-tui README.md
/// ```
@main enum Main {
  static func main() {
    guard CommandLine.arguments.count == 3 else { fail("usage: ReadmeScreens PROGRAM README") }
    let (program, path) = (CommandLine.arguments[1], CommandLine.arguments[2])
    do {
      var readme = try Readme(path: path)
      for scene in Scene.all { try readme.replace(scene.name, by: scene.play(program)) }
      try readme.write(to: path)
    } catch { fail("\(error)") }
  }

  private static func fail(_ message: String) -> Never {
    let line = Array("ReadmeScreens: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(1)
  }
}

/// What went wrong, in words.
struct SceneFailure: Error, CustomStringConvertible {
  var description: String
}
