import SessionInterfaces

/// Which proxy carries which request.
public struct ProxyRules: Hashable, Sendable {
    /// Carries plain `http` requests; nil connects directly.
    public var http: ProxyAddress?
    /// Carries `https` requests; nil connects directly.
    public var https: ProxyAddress?
    /// Hosts that are reached directly all the same.
    public var exceptions: ProxyExceptions

    /// One proxy for everything but `exceptions`; nil connects directly.
    public init(all proxy: ProxyAddress? = nil, except exceptions: ProxyExceptions = ProxyExceptions()) {
        http = proxy
        https = proxy
        self.exceptions = exceptions
    }

    /// The rules that the usual variables ask for: `HTTPS_PROXY` and `http_proxy` for their schemes, `ALL_PROXY` for
    /// what they leave open, `NO_PROXY` for the exceptions.
    ///
    /// Each may be written in lower case, which then goes first; an empty one counts as absent. `HTTP_PROXY` in upper
    /// case is not read, as with other tools: where a program serves CGI, strangers set it.
    /// - Throws: `TransportError` with code `.proxyFailed` that names the variable and never shows its value.
    public init(environment: [String: String]) throws(TransportError) {
        http = try Self.read(["http_proxy", "all_proxy", "ALL_PROXY"], in: environment, ProxyAddress.init)
        https = try Self.read(
            ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"], in: environment, ProxyAddress.init)
        exceptions =
            try Self.read(["no_proxy", "NO_PROXY"], in: environment, ProxyExceptions.init) ?? ProxyExceptions()
    }

    func proxy(for request: OutgoingRequest) -> ProxyAddress? {
        guard let proxy = request.scheme == "https" ? https : http else { return nil }
        return exceptions.contain(request.host) ? nil : proxy
    }

    /// The first of the variables `names` that is set, as `parse` understands it.
    private static func read<Value>(
        _ names: [String], in environment: [String: String], _ parse: (String) throws(TransportError) -> Value
    ) throws(TransportError) -> Value? {
        for name in names {
            guard let text = environment[name], !text.isEmpty else { continue }
            do {
                return try parse(text)
            } catch {
                throw TransportError(error.code, "\(name): \(error.message)")
            }
        }
        return nil
    }
}
