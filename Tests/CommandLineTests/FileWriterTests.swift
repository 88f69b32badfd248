import ChatScreen
import Foundation
import Testing

@testable import aichat_tui

/// Files that texts are saved to.
@Suite struct FileWriterTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("saved-\(UUID())").path

  private func inFolder(_ test: (FileWriter) throws -> Void) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try test(FileWriter(home: folder))
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  @Test func nothingIsOverwrittenUntold() throws {
    try inFolder { files in
      let long = String(repeating: "世界\n", count: 100_000)
      #expect(files.write(long, to: "~/a.tar.gz", overwrites: false) == .written(path: "~/a.tar.gz"))
      #expect(try text("a.tar.gz") == long)
      #expect(
        files.write("b", to: "~/a.tar.gz", overwrites: false) == .exists(path: "~/a.tar.gz", free: "~/a.tar-2.gz"))
      #expect(try text("a.tar.gz") == long)
      #expect(files.write("b", to: "~/a.tar-2.gz", overwrites: false) == .written(path: "~/a.tar-2.gz"))
      let path = "\(folder)/a.tar.gz"
      #expect(files.write("b", to: path, overwrites: false) == .exists(path: path, free: "\(folder)/a.tar-3.gz"))
      #expect(files.write("short", to: path, overwrites: true) == .written(path: path))
      #expect(try text("a.tar.gz") == "short")
      #expect(files.write("", to: "\(folder)/.hidden", overwrites: false) == .written(path: "\(folder)/.hidden"))
      #expect(
        files.write("", to: "\(folder)/.hidden", overwrites: false)
          == .exists(path: "\(folder)/.hidden", free: "\(folder)/.hidden-2"))
      // A link to nothing is there too.
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "\(folder)/none")
      #expect(files.write("x", to: "~/link", overwrites: false) == .exists(path: "~/link", free: "~/link-2"))
    }
  }

  @Test func saysWhyNot() throws {
    try inFolder { files in
      #expect(
        files.write("x", to: "\(folder)/none/x", overwrites: false)
          == .failed(path: "\(folder)/none/x", reason: "No such file or directory"))
      for overwrites in [false, true] {
        #expect(files.write("x", to: folder, overwrites: overwrites) == .failed(path: folder, reason: "Is a directory"))
      }
      #expect(
        files.write("x", to: "/dev/full", overwrites: true)
          == .failed(path: "/dev/full", reason: "No space left on device"))
      // Nobody reads it, and nobody is waited for.
      #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
      #expect(
        files.write("x", to: "\(folder)/pipe", overwrites: true)
          == .failed(path: "\(folder)/pipe", reason: "No such device or address"))
    }
  }

  @Test func whoMayReadItIsTheUmasksBusiness() throws {
    try inFolder { files in
      let mask = umask(0o027)
      umask(mask)
      #expect(files.write("x", to: "~/x", overwrites: false) == .written(path: "~/x"))
      let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/x")[.posixPermissions] as? Int
      #expect(mode == 0o666 & ~Int(mask))
      #expect(
        FileWriter(home: nil).write("x", to: "~/x", overwrites: false)
          == .failed(path: "~/x", reason: "No such file or directory"))
    }
  }
}
