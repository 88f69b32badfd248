import Glibc

/// Measures what the program costs, on this machine and in one run, and fails where that is far beyond its budgets.
///
///     Benchmarks PROGRAM
@main struct Benchmarks {
  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: Benchmarks PROGRAM")
      exit(64)
    }
    var report = Report()
    FrameCosts.measure(into: &report)
    try StreamCosts(program: CommandLine.arguments[1]).measure(into: &report)
    exit(report.hasFailed ? 1 : 0)
  }
}
