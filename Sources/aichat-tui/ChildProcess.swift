import Glibc

/// Starts other programs and waits for them.
enum ChildProcess {
  /// The program could not be started; the reason goes on after its name.
  struct Failure: Error, Equatable { var reason: String }

  /// Starts a program, sought in PATH, with the environment given and nothing else of ours.
  ///
  /// - Parameters:
  ///   - input, output, errors: descriptors; nil is `/dev/null`.
  ///   - leadsSession: without a terminal then, and its group can be ended by its number.
  static func spawn(
    _ arguments: [String], environment: [String: String], input: Int32?, output: Int32?, errors: Int32?,
    leadsSession: Bool = true
  ) -> Result<pid_t, Failure> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, source) in [(STDIN_FILENO, input), (STDOUT_FILENO, output), (STDERR_FILENO, errors)] {
      if let source {
        posix_spawn_file_actions_adddup2(&actions, source, descriptor)
      } else {
        posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
      }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    setSignals(&attributes, leadsSession)
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { (text: String) in strdup(text) } + [nil]
    let assignments = environment.map { "\($0.key)=\($0.value)" }
    var variables: [UnsafeMutablePointer<CChar>?] = assignments.map { (text: String) in strdup(text) } + [nil]
    defer { for text in argv + variables { free(text) } }
    guard let program = argv[0] else { return .failure(Failure(reason: "is empty")) }
    var child = pid_t()
    let error = posix_spawnp(&child, program, &actions, &attributes, &argv, &variables)
    if error == 0 { return .success(child) }
    return .failure(Failure(reason: "could not be started: \(String(cString: strerror(error)))"))
  }

  /// What we do with signals is our own affair, and our threads block them.
  private static func setSignals(_ attributes: inout posix_spawnattr_t, _ leadsSession: Bool) {
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    // 0x80 is POSIX_SPAWN_SETSID, which Swift does not import.
    let flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
    posix_spawnattr_setflags(&attributes, leadsSession ? flags | 0x80 : flags)
  }

  /// Waits for the end of a child and leaves it unreaped, so that its number stays its own. Blocks.
  static func awaitEnd(_ child: pid_t) {
    var info = siginfo_t()
    while waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
  }

  /// Waits for the end of a child; its status as `waitpid` tells it. Blocks.
  static func wait(_ child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status
  }

  /// Why a child failed, by its status; nil when it ended well. The words go on after its name.
  static func failure(_ status: Int32) -> String? {
    if status & 0x7F != 0 { return "was ended by signal \(status & 0x7F)" }
    let code = (status >> 8) & 0xFF
    return code == 0 ? nil : "ended with exit code \(code)"
  }
}
