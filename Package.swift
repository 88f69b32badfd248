// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same rules: Swift 6 mode, a warning is an error.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "aichat-tui",
  products: [
    .executable(name: "aichat-tui", targets: ["aichat-tui"]),
    .library(name: "ChatEngine", targets: ["ChatEngine"]),
  ],
  targets: [
    // C libraries, each behind one module.
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CMicrohttpd"),
    .systemLibrary(name: "CSQLite"),
    // A C target, not a system library: all parsers of the process share a lock.
    .target(
      name: "CCmark", linkerSettings: [.linkedLibrary("cmark-gfm"), .linkedLibrary("cmark-gfm-extensions")]),
    // wcwidth, which Swift does not import.
    .target(name: "CWidth"),
    // A C target, not a system library: it holds the signal handlers' state and sets NCURSES_WIDECHAR.
    .target(
      name: "CNcursesw",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo", .when(platforms: [.linux]))]),

    // Runs Swift's tasks without libdispatch; C, since the runtime's hook has no Swift declaration.
    .target(name: "CTaskPool"),

    // The chat side.
    .target(name: "ChatModel", swiftSettings: strict),
    .target(name: "ChatWire", dependencies: ["ChatModel"], swiftSettings: strict),
    .target(name: "ChatEngine", dependencies: ["ChatModel", "ChatWire", "CCurl"], swiftSettings: strict),
    .target(
      name: "ChatServer", dependencies: ["ChatModel", "ChatWire", "ChatEngine", "CMicrohttpd"],
      resources: [.embedInCode("Page/page.html")], swiftSettings: strict),
    .target(name: "ChatHistory", dependencies: ["ChatModel", "CSQLite", "CCmark"], swiftSettings: strict),

    // The terminal side.
    .target(name: "TerminalModel", dependencies: ["CWidth"], swiftSettings: strict),
    .target(name: "MarkdownText", dependencies: ["TerminalModel", "CCmark"], swiftSettings: strict),
    .target(name: "ChatScreen", dependencies: ["ChatModel", "TerminalModel", "MarkdownText"], swiftSettings: strict),
    .target(name: "CursesTerminal", dependencies: ["TerminalModel", "CNcursesw"], swiftSettings: strict),

    // The wiring.
    .executableTarget(
      name: "aichat-tui",
      dependencies: [
        "ChatModel", "ChatWire", "ChatEngine", "ChatHistory", "ChatServer", "TerminalModel", "ChatScreen",
        "CursesTerminal", "CTaskPool",
      ],
      swiftSettings: strict),

    // Tests: one target for each target above, over shared support.
    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm"),
    .target(name: "CPty", path: "Tests/CPty", linkerSettings: [.linkedLibrary("util", .when(platforms: [.linux]))]),
    .target(
      name: "TestSupport", dependencies: ["ChatModel", "ChatWire", "ChatEngine", "CPty", "CVTerm"],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "ChatModelTests", dependencies: ["ChatModel", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ChatWireTests", dependencies: ["ChatModel", "ChatWire", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ChatEngineTests", dependencies: ["ChatModel", "ChatWire", "ChatEngine", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ChatServerTests", dependencies: ["ChatModel", "ChatWire", "ChatEngine", "ChatServer", "TestSupport"],
      swiftSettings: strict),
    // Writes to a database until it is killed; its tests look at what is left.
    .executableTarget(
      name: "HistoryProbe", dependencies: ["ChatModel", "ChatHistory"], path: "Tests/HistoryProbe",
      swiftSettings: strict),
    // Disks that lose what was not synced.
    .target(name: "CLossyDisk", path: "Tests/CLossyDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
    .testTarget(
      name: "ChatHistoryTests",
      dependencies: [
        "ChatModel", "ChatHistory", "CSQLite", "CCmark", "CLossyDisk", "HistoryProbe", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalModelTests", dependencies: ["TerminalModel", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "MarkdownTextTests", dependencies: ["TerminalModel", "MarkdownText", "TestSupport"], swiftSettings: strict),
    // A small program on the terminal that its tests look at.
    .executableTarget(
      name: "TerminalProbe", dependencies: ["TerminalModel", "CursesTerminal"], path: "Tests/TerminalProbe",
      swiftSettings: strict),
    // Takes the screens of the README from the real program: `make screens`.
    .executableTarget(
      name: "ReadmeScreens", dependencies: ["TestSupport"], path: "Tests/ReadmeScreens", swiftSettings: strict),
    .testTarget(
      name: "CursesTerminalTests", dependencies: ["TerminalModel", "CursesTerminal", "TerminalProbe", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ChatScreenTests",
      dependencies: ["ChatModel", "TerminalModel", "MarkdownText", "ChatScreen", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "aichat-tui", "ChatModel", "ChatWire", "ChatEngine", "TerminalModel", "ChatScreen", "TestSupport",
      ], swiftSettings: strict),
    // What `make bench` runs: frames in this process, and the program beside curl.
    .executableTarget(
      name: "Benchmarks", dependencies: ["ChatModel", "TerminalModel", "ChatScreen", "TestSupport"],
      path: "Tests/Benchmarks", swiftSettings: strict),
    // Knows the library alone, as a program of somebody else's does.
    .executableTarget(
      name: "LibraryExample", dependencies: ["ChatEngine"], path: "Tests/LibraryExample", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["aichat-tui", "LibraryExample", "ChatModel", "ChatWire", "CSQLite", "TestSupport"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
