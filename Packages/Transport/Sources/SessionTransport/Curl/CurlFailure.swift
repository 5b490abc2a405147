import CCurl
import SessionInterfaces

/// What libcurl reported about one handle.
struct CurlFailure: Error {
    let code: CURLcode
    /// libcurl's own words; they name hosts and addresses, never paths or header values.
    let text: String
    /// An HTTP proxy's answer to CONNECT, 0 when there was none.
    var tunnelStatus = 0
    /// What a SOCKS proxy answered, as libcurl's `CURLPX_` number; 0 when there was none.
    var socksReply = 0

    /// The failure in the transport's terms.
    func transportError(for request: OutgoingRequest, throughProxy: Bool) -> TransportError {
        let (code, sentence) = throughProxy ? proxiedMeaning : meaning
        return TransportError(code, "\(sentence) (\(request.authority))", underlying: self)
    }

    /// The proxy's own failures, unlike those of the host behind it, concern every request.
    private var proxiedMeaning: (TransportError.Code, String) {
        switch (code, tunnelStatus) {
        case (CURLE_COULDNT_CONNECT, _): (.proxyFailed, "the proxy cannot be reached")
        case (CURLE_PROXY, _) where Self.hostReplies.contains(socksReply):
            (.unreachable, "the proxy cannot reach the host")
        case (CURLE_PROXY, _): (.proxyFailed, "the proxy refused")
        case (_, 502...504): (.unreachable, "the proxy cannot reach the host")
        case (_, 300...): (.proxyFailed, "the proxy refused with status \(tunnelStatus)")
        default: meaning
        }
    }

    private static let hostReplies = Set(
        [
            CURLPX_REPLY_NETWORK_UNREACHABLE, CURLPX_REPLY_HOST_UNREACHABLE, CURLPX_REPLY_CONNECTION_REFUSED,
            CURLPX_REPLY_TTL_EXPIRED,
        ].map { Int($0.rawValue) })

    private var meaning: (TransportError.Code, String) {
        switch code {
        case CURLE_COULDNT_RESOLVE_PROXY: (.proxyFailed, "the proxy's name cannot be resolved")
        case CURLE_COULDNT_RESOLVE_HOST: (.unreachable, "the host's name cannot be resolved")
        case CURLE_COULDNT_CONNECT: (.unreachable, "the host cannot be reached")
        // The time limit of the whole request is kept by the transport itself, so this one is about connecting.
        case CURLE_OPERATION_TIMEDOUT: (.unreachable, "no connection was made in time")
        case CURLE_SSL_CONNECT_ERROR: (.unreachable, "no TLS connection could be made")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            (.untrusted, "the certificate is not trusted")
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH: (.untrusted, "the certificate's public key is not a pinned one")
        case CURLE_SSL_CACERT_BADFILE: (.failed, "the file of certificate authorities cannot be read")
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2_STREAM:
            (.interrupted, "the connection broke")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_BAD_CONTENT_ENCODING:
            (.malformedResponse, "the answer is not HTTP")
        // libcurl's word for a header line beyond its own limit of 100 KiB.
        case CURLE_OUT_OF_MEMORY: (.responseTooLarge, "the answer's header is too large")
        case CURLE_URL_MALFORMAT: (.invalidRequest, "the address is not valid")
        default: (.failed, "the request failed")
        }
    }
}

extension CurlFailure: CustomStringConvertible {
    var description: String {
        text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }
}
