import CCurl
import HTTPTypes
import SessionInterfaces

extension EasyHandle {
    /// Sets everything that `request` needs. Each option counts for safety, so the first refusal ends it.
    func prepare(
        for outgoing: OutgoingRequest, through proxy: ProxyAddress?, under configuration: CurlTransport.Configuration
    ) throws(CurlFailure) {
        try collectErrorText()
        try set(CURLOPT_URL, outgoing.url)
        try setFields(outgoing.fieldLines)
        try setMethod(of: outgoing.request)
        try setTrust(outgoing.request.trust, authorities: configuration.certificateAuthorityFile)
        try setBehaviour(configuration)
        try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds: configuration.connectTimeLimit(through: proxy))
        try setProxy(proxy)
    }

    private func setMethod(of request: TransportRequest) throws(CurlFailure) {
        let method = request.head.method
        let announcesBody = method == .post || method == .put || method == .patch
        if announcesBody || !request.body.isEmpty {
            try set(CURLOPT_POST, true)
            try setBody(request.body)
        } else if method == .head {
            try set(CURLOPT_NOBODY, true)
        } else {
            try set(CURLOPT_HTTPGET, true)
        }
        try set(CURLOPT_CUSTOMREQUEST, method.rawValue)
    }

    private func setTrust(_ trust: TrustPolicy, authorities: String?) throws(CurlFailure) {
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        let verifies = trust == .publicAuthorities
        try set(CURLOPT_SSL_VERIFYPEER, verifies)
        try set(CURLOPT_SSL_VERIFYHOST, verifies ? 2 : 0)
        if case .pinnedPublicKeys(let digests) = trust {
            // One order for one set, so that equal policies share connections.
            let pins = Set(digests).sorted().map { "sha256//" + Base64.encode($0.bytes) }
            try set(CURLOPT_PINNEDPUBLICKEY, pins.joined(separator: ";"))
        }
        if verifies, let authorities {
            try set(CURLOPT_CAINFO, authorities)
            try set(CURLOPT_CAPATH, nil)
        }
    }

    private func setBehaviour(_ configuration: CurlTransport.Configuration) throws(CurlFailure) {
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, false)
        // Paths travel as they are written: signatures may cover them.
        try set(CURLOPT_PATH_AS_IS, true)
        try set(CURLOPT_NOSIGNAL, true)
        // Otherwise a cancelled request would hold up the thread, and with it all others, until its name is looked up.
        try set(CURLOPT_QUICK_EXIT, true)
        // libcurl forgives one second more, and 0 would mean its default of 118.
        try set(CURLOPT_MAXAGE_CONN, Int(max(1, configuration.idleTimeLimit.milliseconds / 1000 - 1)))
        if !configuration.userAgent.isEmpty {
            try set(CURLOPT_USERAGENT, configuration.userAgent)
        }
    }

    private func setProxy(_ proxy: ProxyAddress?) throws(CurlFailure) {
        // Empty texts, where nil would let the environment decide.
        try set(CURLOPT_NOPROXY, "")
        try set(CURLOPT_PROXY, proxy?.url ?? "")
        guard proxy?.scheme == .http else { return }
        try set(CURLOPT_HTTPPROXYTUNNEL, true)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
    }
}
