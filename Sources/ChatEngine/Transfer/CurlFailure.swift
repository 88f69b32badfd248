import CCurl
import ChatModel
import Glibc

/// What is known about a transfer that libcurl gave up.
struct CurlFailure {
  let code: CURLcode
  /// libcurl's own words; names hosts and certificates, never keys.
  let detail: String
  /// The system's errno of the last failed connect, 0 when there is none.
  let systemError: Int32
  /// The status of a proxy's answer to `CONNECT`, 0 when there was none.
  let connectStatus: Int
  let isConnected: Bool
  let address: WebAddress
  let proxy: (address: WebAddress, variable: String)?
  let certificates: NetworkEnvironment.CertificateFile?

  /// The failure as a sentence that names the host, its kind, and what to do.
  var error: ChatError {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST:
      ChatError(
        .network, "The host name \(address.host) could not be resolved",
        remedy: "Check the endpoint for a typing error, and the network connection")
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: proxyError
    case CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT: connectError
    case CURLE_GOT_NOTHING:
      ChatError(.network, "\(otherEnd) closed the connection without an answer", remedy: "Try again")
    // Both are libcurl's words for a head that does not end: a line too long for its buffer, or too many lines.
    case CURLE_OUT_OF_MEMORY: endlessHead
    case CURLE_RECV_ERROR where detail.contains("response headers"): endlessHead
    case CURLE_PARTIAL_FILE:
      ChatError(.network, "\(address.display) closed the connection before the response was whole")
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM: brokenConnection
    case CURLE_BAD_CONTENT_ENCODING:
      ChatError(.protocolViolation, "\(address.display) sent a response whose compression is broken")
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
      ChatError(
        .protocolViolation, "\(address.display) answered with something that is not HTTP",
        remedy: "Check the endpoint's scheme and port")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
      secureError
    default:
      ChatError(.unexpected, "The request to \(address.display) failed: \(detail)")
    }
  }

  private var endlessHead: ChatError {
    ChatError(
      .protocolViolation, "\(otherEnd) sent a response head that does not end",
      remedy: "Check the endpoint's address and port")
  }

  /// Who is at the other end of the connection, as far as is known.
  private var otherEnd: String {
    guard let proxy, address.scheme == "http" else { return address.display }
    return "\(address.display), or the proxy \(proxy.address.display) on the way,"
  }

  private var proxyError: ChatError {
    guard let proxy else { return brokenConnection }
    return ChatError(
      .network, "The proxy \(proxy.address.display) could not be used: \(detail)",
      remedy: "Check \(proxy.variable), or add \(address.host) to no_proxy")
  }

  private var connectError: ChatError {
    let reason = systemError == 0 ? detail : Self.text(ofSystemError: systemError)
    if let proxy {
      return ChatError(
        .network, "No connection to the proxy \(proxy.address.display): \(reason)",
        remedy: "Check \(proxy.variable), or add \(address.host) to no_proxy")
    }
    return ChatError(
      .network, "No connection to \(address.display): \(reason)",
      remedy: address.isLoopback ? "Is the server running on that port?" : "Check the endpoint and the network")
  }

  private var brokenConnection: ChatError {
    if connectStatus >= 300, let proxy {
      let remedy =
        connectStatus == 407
        ? "Give \(proxy.variable) the user and password that the proxy wants"
        : "Check \(proxy.variable), or add \(address.host) to no_proxy"
      return ChatError(
        .network, "The proxy \(proxy.address.display) refused the way to \(address.display): status \(connectStatus)",
        remedy: remedy, mayPass: mayConnectLater)
    }
    if !isConnected, proxy != nil { return connectError }
    return ChatError(.network, "The connection to \(address.display) broke: \(detail)", remedy: "Try again")
  }

  /// A proxy that wants a password, or forbids the way, does so the next time too; one that is busy, or does not reach the
  /// server, may not.
  private var mayConnectLater: Bool { connectStatus >= 500 || connectStatus == 408 || connectStatus == 429 }

  private var secureError: ChatError {
    if code == CURLE_SSL_CACERT_BADFILE, let certificates {
      return ChatError(
        .tls, "The certificates in \(certificates.path) could not be read",
        remedy: "\(certificates.variable) must name a readable file of PEM certificates")
    }
    let remedy =
      code == CURLE_PEER_FAILED_VERIFICATION
      ? "If the server has a certificate authority of its own, name its file in SSL_CERT_FILE"
      : "Check that \(address.display) speaks https; a server without TLS wants an http:// endpoint"
    return ChatError(.tls, "No secure connection to \(address.display): \(detail)", remedy: remedy)
  }

  private static func text(ofSystemError number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 128)
    // In a buffer of our own: plain strerror is not safe on several threads.
    guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self).lowercased()
  }
}
