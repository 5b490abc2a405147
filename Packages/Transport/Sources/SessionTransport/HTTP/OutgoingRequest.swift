import HTTPTypes
import SessionInterfaces

/// A request that has passed every check and may be sent, written out as HTTP wants it.
struct OutgoingRequest: Sendable {
    let request: TransportRequest
    /// `https` or `http`.
    let scheme: String
    let url: String
    let authority: String
    let deadline: ContinuousClock.Instant

    /// - Throws: `TransportError`: `.invalidRequest`, `.untrusted` when nothing could satisfy the trust policy,
    ///   `.timedOut` when no time is left.
    init(_ request: TransportRequest, now: ContinuousClock.Instant = .now) throws(TransportError) {
        self.scheme = try Self.scheme(of: request.head)
        self.authority = try Self.authority(of: request.head)
        self.url = "\(scheme)://\(authority)\(try Self.path(of: request.head))"
        try Self.checkTrust(request.trust, scheme: scheme)
        try Self.checkMethod(request)
        try Self.checkFields(request.head.headerFields)
        guard request.timeLimit > .zero else { throw TransportError(.timedOut, "the time limit is zero or less") }
        self.deadline = now + min(request.timeLimit, Self.longestTimeLimit)
        self.request = request
    }

    /// The authority without its port and, for an IPv6 address, without the brackets.
    var host: Substring {
        if authority.hasPrefix("[") { return authority.dropFirst().prefix { $0 != "]" } }
        return authority.lastIndex(of: ":").map { authority[..<$0] } ?? authority[...]
    }

    /// Keeps sums of instants and durations far from overflow.
    private static let longestTimeLimit = Duration.seconds(7 * 86_400)

    private static func scheme(of head: HTTPRequest) throws(TransportError) -> String {
        guard let scheme = head.scheme?.lowercased(), scheme == "https" || scheme == "http" else {
            throw TransportError(.invalidRequest, "scheme is neither https nor http")
        }
        return scheme
    }

    /// Host and optional port, nothing else: no user name, and no sign that would move the end of the host.
    private static func authority(of head: HTTPRequest) throws(TransportError) -> String {
        guard let authority = head.authority, !authority.isEmpty, authority.utf8.allSatisfy(isAuthorityByte) else {
            throw TransportError(.invalidRequest, "authority is not a host with an optional port")
        }
        return authority
    }

    static func isAuthorityByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ".-_:[]".utf8.contains(byte)
        }
    }

    private static func path(of head: HTTPRequest) throws(TransportError) -> String {
        guard let path = head.path, !path.isEmpty else { return "/" }
        let isVisible = path.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "#") }
        guard path.utf8.first == UInt8(ascii: "/"), isVisible else {
            throw TransportError(.invalidRequest, "path does not begin with a slash or holds a forbidden byte")
        }
        return path
    }

    private static func checkTrust(_ trust: TrustPolicy, scheme: String) throws(TransportError) {
        if case .pinnedPublicKeys(let digests) = trust, digests.isEmpty {
            throw TransportError(.untrusted, "no public key is pinned, so none can be right")
        }
        guard scheme == "https" || trust == .none else {
            throw TransportError(.untrusted, "plain http proves nothing: it needs the trust policy none")
        }
    }

    private static func checkMethod(_ request: TransportRequest) throws(TransportError) {
        guard request.head.method != .connect else {
            throw TransportError(.invalidRequest, "method is CONNECT")
        }
        guard request.head.method != .head || request.body.isEmpty else {
            throw TransportError(.invalidRequest, "a HEAD request has a body")
        }
    }
}
