public import SessionCrypto
public import SessionInterfaces

/// Where a daemon or a wallet answers JSON-RPC. Follows protocol document 05, sections 2.1 and 3.1.
public struct RPCEndpoint: Sendable {
    /// User and password, sent with every request: on the same machine, over HTTPS, or where nobody listens.
    public struct Login: Sendable {
        public let user: String
        public let password: SecretText

        public init(user: String, password: SecretText) {
            self.user = user
            self.password = password
        }
    }

    private static let maximumTextLength = 2048

    /// `http` or `https`.
    public let scheme: String
    /// Host and port.
    public let authority: String
    public let login: Login?
    /// For `https`.
    public let trust: TrustPolicy

    /// - Parameter text: such as "http://127.0.0.1:22023". Without a scheme, `http`.
    /// - Throws: `OxenError(.invalidEndpoint)`.
    public init(
        _ text: String, login: Login? = nil, trust: TrustPolicy = .publicAuthorities
    ) throws(OxenError) {
        guard text.utf8.count <= Self.maximumTextLength else {
            throw OxenError(.invalidEndpoint, "the address is longer than \(Self.maximumTextLength) characters")
        }
        var rest = Substring(text)
        var scheme = "http"
        if let separator = text.firstRange(of: "://") {
            scheme = text[..<separator.lowerBound].lowercased()
            rest = text[separator.upperBound...]
        }
        guard scheme == "http" || scheme == "https" else {
            throw OxenError(.invalidEndpoint, "the address begins neither with http:// nor with https://")
        }
        if rest.last == "/" { rest.removeLast() }
        guard !rest.isEmpty, rest.utf8.allSatisfy(Self.isHostByte) else {
            throw OxenError(.invalidEndpoint, "the address is no host with a port")
        }
        self.scheme = scheme
        authority = String(rest)
        self.login = login
        self.trust = trust
    }

    /// The value of the header field that carries the login.
    var authorization: String? {
        login.map { login in
            "Basic "
                + login.password.withUnsafeText { Base64.encode(Array(login.user.utf8) + [UInt8(ascii: ":")] + $0) }
        }
    }

    /// Letters, digits and the signs of host names, addresses and ports; no path, no user.
    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): true
        default: false
        }
    }
}
