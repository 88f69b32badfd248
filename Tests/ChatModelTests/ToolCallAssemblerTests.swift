import ChatModel
import Testing

@Suite struct ToolCallAssemblerTests {
  private func calls(_ fragments: ToolCallFragment...) -> [ToolCall] {
    var assembler = ToolCallAssembler()
    for fragment in fragments { assembler.add(fragment) }
    return assembler.calls
  }

  @Test func fragmentsOfTwoCallsGoByIndexNotByPosition() {
    #expect(
      calls(
        ToolCallFragment(index: 0, id: "a", name: "f", arguments: "{"),
        ToolCallFragment(index: 1, id: "b", name: "g", arguments: "["),
        ToolCallFragment(index: 1, arguments: "]"), ToolCallFragment(index: 0, arguments: "}"))
        == [ToolCall(id: "a", name: "f", arguments: "{}"), ToolCall(id: "b", name: "g", arguments: "[]")])
  }

  @Test func newIdAtUsedIndexStartsNewCall() {
    #expect(
      calls(
        ToolCallFragment(index: 0, id: "a", name: "f", arguments: "1"),
        ToolCallFragment(index: 0, id: "b", name: "f", arguments: "2"), ToolCallFragment(index: 0, arguments: "3"))
        == [ToolCall(id: "a", name: "f", arguments: "1"), ToolCall(id: "b", name: "f", arguments: "23")])
  }

  @Test func repeatedIdContinues() {
    #expect(
      calls(
        ToolCallFragment(index: 0, id: "a", name: "f", arguments: "1"),
        ToolCallFragment(index: 0, id: "a", name: "f", arguments: "2"))
        == [ToolCall(id: "a", name: "f", arguments: "12")])
  }

  @Test func withoutIndexIdsTellCallsApart() {
    #expect(
      calls(
        ToolCallFragment(id: "a", name: "f", arguments: "1"), ToolCallFragment(id: "b", name: "g", arguments: "2"),
        ToolCallFragment(arguments: "3"))
        == [ToolCall(id: "a", name: "f", arguments: "1"), ToolCall(id: "b", name: "g", arguments: "23")])
  }

  @Test func nothingIsInventedAndHugeIndexCostsNothing() {
    #expect(
      calls(ToolCallFragment(index: .max, id: "", name: "ping", arguments: "{}"))
        == [ToolCall(id: nil, name: "ping", arguments: "{}")])
  }
}
