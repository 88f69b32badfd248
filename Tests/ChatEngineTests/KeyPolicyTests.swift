import ChatModel
import ChatWire
import Testing

@testable import ChatEngine

/// Where a key may go, and what counts as this machine.
@Suite struct KeyPolicyTests {
  private func violation(
    _ url: String, proxy: String? = nil, allowsPlainHTTP: Bool = false, headers: [HTTPField] = [], key: Bool = true
  ) throws -> ChatError? {
    let request = HTTPRequest(
      method: "POST", url: url, headers: headers, credentials: key ? [("api-key", Secret("k"))] : [],
      allowsPlainHTTP: allowsPlainHTTP)
    let through = try proxy.map { try #require(WebAddress(proxy: $0)) }
    return KeyPolicy.violation(of: request, to: try #require(WebAddress(url: url)), through: through)
  }

  @Test(arguments: [
    "http://127.0.0.1/v1", "http://127.9.8.7:8080", "http://localhost:11434/v1", "http://LOCALHOST", "http://[::1]:80",
    "http://[::ffff:127.0.0.1]", "http://2130706433/", "http://0x7f.1/", "https://api.example/v1",
  ])
  func allowed(_ url: String) throws { #expect(try violation(url) == nil) }

  @Test(arguments: [
    "http://api.example/v1", "http://localhost.evil.com", "http://127.0.0.1.evil.com", "http://127.0.0.1@evil.com",
    "http://127.0.0.1:80@evil.com/", "http://localhost%2eevil.com", "http://evil.com/#@127.0.0.1",
    "http://evil.com?@localhost", "http://10.0.0.1", "http://[::2]", "http://0.0.0.0", "http://128.0.0.1",
    "http://xlocalhost", "http://127.0.0.1\\@evil.com", "http://[fe80::1]", "http://[::ffff:10.0.0.1]",
  ])
  func refused(_ url: String) throws {
    let error = try #require(try violation(url))
    #expect(error.kind == .config)
    #expect(error.message.contains("plain http"))
  }

  @Test(arguments: ["http://exa mple", "no url", "", "http://", "//127.0.0.1"])
  func whatIsNoURLGoesNowhere(_ url: String) { #expect(WebAddress(url: url) == nil) }

  @Test func theConfigurationMayAllowIt() throws {
    #expect(try violation("http://10.0.0.1", allowsPlainHTTP: true) == nil)
  }

  @Test func withoutAKeyThereIsNothingToGuard() throws {
    #expect(try violation("http://10.0.0.1", proxy: "http://192.0.2.1:3128", key: false) == nil)
  }

  @Test func keysInOtherPlacesCountToo() throws {
    #expect(try violation("http://10.0.0.1", headers: [HTTPField("Authorization", "Bearer x")], key: false) != nil)
    #expect(try violation("http://user:secret@10.0.0.1", key: false) != nil)
  }

  @Test func proxies() throws {
    #expect(try violation("http://127.0.0.1", proxy: "http://proxy.example:3128") != nil)
    #expect(try violation("http://127.0.0.1", proxy: "proxy.example:3128", allowsPlainHTTP: true) != nil)
    #expect(try violation("http://10.0.0.1", proxy: "socks5h://127.0.0.1:1080", allowsPlainHTTP: true) == nil)
    #expect(try violation("http://127.0.0.1", proxy: "127.0.0.1:3128") == nil)
    #expect(try violation("https://api.example", proxy: "http://proxy.example:3128") == nil)
    let error = try #require(try violation("http://127.0.0.1", proxy: "http://user:hunter2@proxy.example:3128"))
    #expect(error.message.contains("proxy.example:3128"))
    #expect(!error.message.contains("hunter2"))
    #expect(error.remedy?.contains("no_proxy") == true)
  }
}

/// The variables of an environment.
@Suite struct NetworkEnvironmentTests {
  private func proxy(_ environment: [String: String], _ url: String) throws -> String? {
    NetworkEnvironment(environment).proxy(for: try #require(WebAddress(url: url)))?.text
  }

  @Test func variables() throws {
    #expect(try proxy([:], "http://a.example") == nil)
    #expect(try proxy(["http_proxy": "p"], "http://a.example") == "p")
    #expect(try proxy(["HTTP_PROXY": "p"], "http://a.example") == nil)
    #expect(try proxy(["http_proxy": "p"], "https://a.example") == nil)
    #expect(try proxy(["HTTPS_PROXY": "p"], "https://a.example") == "p")
    #expect(try proxy(["https_proxy": "l", "HTTPS_PROXY": "u"], "https://a.example") == "l")
    #expect(try proxy(["https_proxy": "", "HTTPS_PROXY": "u"], "https://a.example") == "u")
    #expect(try proxy(["ALL_PROXY": "all"], "https://a.example") == "all")
    #expect(try proxy(["all_proxy": "all", "http_proxy": "p"], "http://a.example") == "p")
  }

  @Test func certificates() {
    #expect(NetworkEnvironment([:]).certificates == nil)
    let both = NetworkEnvironment(["CURL_CA_BUNDLE": "/c", "SSL_CERT_FILE": "/s"])
    #expect(both.certificates?.path == "/s")
    #expect(NetworkEnvironment(["CURL_CA_BUNDLE": "/c"]).certificates?.variable == "CURL_CA_BUNDLE")
  }

  @Test(arguments: [
    ("example.com", "http://example.com", true),
    ("example.com", "http://www.example.com", true),
    (".example.com", "http://example.com", true),
    (".example.com", "http://www.example.com", true),
    ("example.com", "http://notexample.com", false),
    ("example.com", "http://example.com.evil.com", false),
    ("EXAMPLE.com", "http://Example.COM", true),
    ("a.example, b.example", "http://b.example", true),
    ("a.example b.example", "http://b.example", true),
    ("*", "http://anything", true),
    ("example.com:8080", "http://example.com:8080", true),
    ("example.com:8080", "http://example.com", false),
    ("127.0.0.1", "http://127.0.0.1", true),
    ("10.0.0.0/8", "http://10.200.3.4", true),
    ("10.0.0.0/8", "http://11.0.0.1", false),
    ("192.168.4.0/22", "http://192.168.7.255", true),
    ("192.168.4.0/22", "http://192.168.8.0", false),
    ("10.0.0.0/33", "http://10.0.0.1", false),
    ("0.0.1", "http://127.0.0.1", false),
    ("::1", "http://[::1]:8080", true),
    ("[::1]", "http://[::1]", true),
    ("[::1]:8080", "http://[::1]:8081", false),
    ("fd00::/8", "http://[fd12::1]", true),
    ("fd00::/8", "http://[fe80::1]", false),
    ("", "http://example.com", false),
  ])
  func exceptions(_ list: String, _ url: String, _ isException: Bool) throws {
    #expect((try proxy(["http_proxy": "p", "no_proxy": list], url) == nil) == isException)
  }

  @Test func namesInMessagesHaveNoUserInfo() throws {
    let address = try #require(WebAddress(proxy: "http://user:hunter2@proxy.example:3128"))
    #expect(address.display == "proxy.example:3128")
    #expect(WebAddress(url: "https://a.example:443/v1")?.display == "a.example")
    #expect(WebAddress(url: "http://[::1]:8080/v1")?.display == "[::1]:8080")
    #expect(WebAddress(url: "ftp://a.example")?.scheme == "ftp")
  }
}
