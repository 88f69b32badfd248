#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How many random cases a test tries.
///
/// As many as every run has time for, or, where the environment says `THOROUGH=1`, as many as the claim is made for:
/// `make check` does so.
public func cases(_ count: Int, thorough: Int) -> Int {
  getenv("THOROUGH").map { String(cString: $0) } == "1" ? thorough : count
}
