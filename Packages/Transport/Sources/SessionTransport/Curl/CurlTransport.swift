import SessionInterfaces

/// HTTP and HTTPS over real sockets: libcurl, driven by one thread of its own.
///
/// Connections are kept and used again, but never across trust policies. Redirects are not followed, cookies are not
/// kept, and neither the environment nor files of the user (proxy variables, `.netrc`) have a say.
///
/// A request that meets a kept connection which the other side has closed meanwhile is sent again on another one, as
/// long as no byte of an answer has come.
public final class CurlTransport: Transport {
    private let engine: CurlEngine

    /// Starts the transport's thread, which ends with `shutdown()` or with the last reference to the transport.
    /// - Throws: `TransportError`: `.invalidRequest` for a user agent that is no header value, `.failed` when libcurl
    ///   or the thread cannot be set up.
    public init(_ configuration: Configuration = Configuration()) throws {
        try configuration.check()
        engine = try CurlEngine(configuration)
    }

    deinit { engine.close() }

    public func send(_ request: TransportRequest) async throws -> TransportResponse {
        try await engine.run(OutgoingRequest(request))
    }

    /// Fails every pending request with `.closed`, closes all connections and waits for the thread to end.
    public func shutdown() async {
        await withCheckedContinuation { engine.close(then: $0) }
    }
}
