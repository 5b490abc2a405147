public import HTTPTypes

/// The transport slot: bytes to an address and back, over HTTP.
///
/// An answer of any status is an answer; only what prevents an answer is thrown. Cancelling the calling task cancels
/// the request and frees its connection at once.
public protocol Transport: Sendable {
    /// Sends `request` and returns the answer.
    /// - Throws: `TransportError`, or `CancellationError` when the task was cancelled.
    func send(_ request: TransportRequest) async throws -> TransportResponse

    /// Ends every request and frees all connections. Requests sent afterwards fail with `.closed`.
    func shutdown() async
}

/// One HTTP request with everything that decides how it travels.
public struct TransportRequest: Sendable {
    /// Method, scheme, authority, path and header fields.
    public var head: HTTPRequest
    public var body: [UInt8]
    public var trust: TrustPolicy
    /// Time from now until the last byte of the answer.
    public var timeLimit: Duration
    /// Largest acceptable body of the answer, in bytes.
    public var maximumResponseSize: Int
    /// Called as bytes move, on a thread of the transport's own.
    public var progress: (@Sendable (TransferProgress) -> Void)?

    public init(
        _ head: HTTPRequest, body: [UInt8] = [], trust: TrustPolicy = .publicAuthorities,
        timeLimit: Duration = .seconds(10), maximumResponseSize: Int = 10 << 20,
        progress: (@Sendable (TransferProgress) -> Void)? = nil
    ) {
        self.head = head
        self.body = body
        self.trust = trust
        self.timeLimit = timeLimit
        self.maximumResponseSize = maximumResponseSize
        self.progress = progress
    }
}

/// What the other side has to prove.
public enum TrustPolicy: Hashable, Sendable {
    /// A certificate for the host name, issued by an authority the system trusts.
    case publicAuthorities
    /// A certificate whose public key (DER SubjectPublicKeyInfo) has one of these SHA-256 digests; nothing else counts.
    case pinnedPublicKeys([Bytes32])
    /// Nothing: the content is protected by itself, as onion requests are.
    case none
}

public struct TransportResponse: Sendable {
    public var head: HTTPResponse
    public var body: [UInt8]

    public init(_ head: HTTPResponse, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }
}

/// Bytes moved so far; a total is nil while unknown.
public struct TransferProgress: Hashable, Sendable {
    public var sent: Int64
    public var sentTotal: Int64?
    public var received: Int64
    public var receivedTotal: Int64?

    public init(sent: Int64, sentTotal: Int64?, received: Int64, receivedTotal: Int64?) {
        self.sent = sent
        self.sentTotal = sentTotal
        self.received = received
        self.receivedTotal = receivedTotal
    }
}

/// Why there is no answer.
public struct TransportError: CodedError {
    public enum Code: String, Sendable {
        /// The address cannot be reached: name, route or connection refused.
        case unreachable = "transport_unreachable"
        /// The time limit passed.
        case timedOut = "transport_timed_out"
        /// The other side did not prove what the trust policy asks for.
        case untrusted = "transport_untrusted"
        /// The connection broke before the answer was complete.
        case interrupted = "transport_interrupted"
        /// The answer is larger than allowed.
        case responseTooLarge = "transport_response_too_large"
        /// The proxy cannot be reached or refused.
        case proxyFailed = "transport_proxy_failed"
        /// The request cannot be sent as it is: no host, unknown scheme, forbidden header.
        case invalidRequest = "transport_invalid_request"
        /// The other side does not speak HTTP.
        case malformedResponse = "transport_malformed_response"
        /// The transport was shut down.
        case closed = "transport_closed"
        /// Anything else the transport could not do.
        case failed = "transport_failed"
    }

    public let code: Code
    public let message: String
    public let underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}
