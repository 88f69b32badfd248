import Foundation

/// The cases of a file of `Tests/Fixtures`; none where it cannot be read, which the tests that count them notice.
func fixture<Value: Decodable>(_ name: String) -> [Value] {
  let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures").appendingPathComponent(name)
  guard let data = try? Data(contentsOf: path), let cases = try? JSONDecoder().decode([Value].self, from: data) else {
    return []
  }
  return cases
}
