import Glibc

/// The path of an executable of this package, as it was built with the tests.
public func binary(named name: String) -> String {
  for argument in CommandLine.arguments {
    if let range = argument.firstRange(of: ".xctest") {
      return directory(of: String(argument[..<range.upperBound])) + "/" + name
    }
  }
  var buffer = [CChar](repeating: 0, count: 4096)
  let count = readlink("/proc/self/exe", &buffer, buffer.count)
  let path = buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
  return directory(of: String(decoding: path, as: UTF8.self)) + "/" + name
}

private func directory(of path: String) -> String {
  path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
}
