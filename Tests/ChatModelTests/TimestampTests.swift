import ChatModel
import Testing

@Suite struct TimestampTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1_763_722_341_123, "2025-11-21T10:52:21.123Z"),
      (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (-1, "1969-12-31T23:59:59.999Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ])
  func textAndBack(_ milliseconds: Int, _ text: String) {
    #expect(Timestamp(milliseconds: milliseconds).text == text)
    #expect(Timestamp(text)?.milliseconds == milliseconds)
  }

  @Test func everyYearHasItsText() {
    // A prime number of milliseconds, some 116 days.
    let times = stride(from: -62_167_219_200_000, through: 253_402_300_799_999, by: 9_999_999_967)
      .lazy.map { Timestamp(milliseconds: $0) }
    #expect(times.first { Timestamp($0.text) != $0 } == nil)
  }

  @Test(
    arguments: [
      ("2025-11-21T11:52:21.5+01:00", "2025-11-21T10:52:21.500Z"), ("2025-11-21t10:52:21z", "2025-11-21T10:52:21.000Z"),
      ("2025-11-21 03:22:21,123456789-0730", "2025-11-21T10:52:21.123Z"),
      ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
      ("2025-11-21T11:52:21+01", "2025-11-21T10:52:21.000Z"),
    ])
  func formsOfOtherPrograms(_ text: String, _ expected: String) {
    #expect(Timestamp(text)?.text == expected)
  }

  @Test(
    arguments: [
      "", "2025-11-21", "2025-11-21T10:52:21", "2025-13-21T10:52:21Z", "2025-11-32T10:52:21Z", "2025-11-21T24:52:21Z",
      "2025-11-21T10:52:21Zx", "2025-11-21T10:52:21.Z", "2025-11-21T10:52:21+1", "２025-11-21T10:52:21Z", "now",
    ])
  func whatIsNoTime(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func numbersAreBounded() {
    #expect(Timestamp(milliseconds: .max).text == "9999-12-31T23:59:59.999Z")
    #expect(Timestamp(seconds: .infinity) == nil)
    #expect(Timestamp(seconds: 1.0005)?.milliseconds == 1001)
  }
}
