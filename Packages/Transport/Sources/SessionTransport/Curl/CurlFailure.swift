import CCurl
import SessionInterfaces

/// What libcurl reported about one handle.
struct CurlFailure: Error {
    let code: CURLcode
    /// libcurl's own words; they name hosts and addresses, never paths or header values.
    let text: String
    /// The proxy's answer to CONNECT, 0 when there was none.
    var tunnelStatus = 0

    /// The failure in the transport's terms.
    func transportError(for request: OutgoingRequest, throughProxy: Bool) -> TransportError {
        let (code, sentence) = meaning(throughProxy: throughProxy)
        return TransportError(code, "\(sentence) (\(request.authority))", underlying: self)
    }

    private func meaning(throughProxy: Bool) -> (TransportError.Code, String) {
        if throughProxy, tunnelStatus != 0, !(200..<300).contains(tunnelStatus) {
            return (.proxyFailed, "the proxy refused with status \(tunnelStatus)")
        }
        return switch code {
        case CURLE_COULDNT_CONNECT where throughProxy: (.proxyFailed, "the proxy cannot be reached")
        case CURLE_COULDNT_RESOLVE_PROXY: (.proxyFailed, "the proxy's name cannot be resolved")
        case CURLE_PROXY: (.proxyFailed, "the proxy could not connect")
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
