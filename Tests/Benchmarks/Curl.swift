import Glibc

/// The program that only reads: nothing that shows a stream can cost less.
enum Curl {
  /// Reads an answer to its end: seconds that went by, and seconds of processor time; nil when curl failed.
  static func read(_ url: String, _ question: String) -> (wall: Double, cpu: Double)? {
    let body = #"{"model":"bench","stream":true,"messages":[{"role":"user","content":"\#(question)"}]}"#
    let words = [
      "curl", "-sN", "--noproxy", "*", "-o", "/dev/null", "-H", "content-type: application/json", "-d", body,
      url + "/chat/completions",
    ]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let start = ContinuousClock.now
    guard posix_spawnp(&process, "curl", nil, nil, &arguments, environ) == 0 else { return nil }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(process, &status, 0, &usage) == process, status == 0 else { return nil }
    let wall = (ContinuousClock.now - start) / .seconds(1)
    return (wall, seconds(usage.ru_utime) + seconds(usage.ru_stime))
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
