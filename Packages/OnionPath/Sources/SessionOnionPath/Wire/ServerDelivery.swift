import SessionInterfaces

/// What the last hop has to deliver to a web server: always a POST. Follows protocol document 02, section 2.3.
public struct ServerDelivery: Hashable, Sendable {
    /// The `protocol` member as it came.
    public let scheme: String
    public let host: String
    public let port: UInt16
    /// Path at the server.
    public let target: String
    /// The decrypted layer as a whole, which the server reads as an `OnionEntry`.
    public let body: [UInt8]

    public init(scheme: String, host: String, port: UInt16, target: String, body: [UInt8]) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target
        self.body = body
    }

    init(to server: RoutedServer, target: String) {
        self.init(scheme: server.scheme.rawValue, host: server.host, port: server.port, target: target, body: [])
    }

    /// Whether a node may deliver this: over HTTP or HTTPS, to a plain host name, to an onion endpoint. A node is no
    /// proxy for anything else.
    public var isAllowed: Bool {
        RoutedServer.Scheme(rawValue: scheme) != nil && Self.isHost(host) && Self.isAllowed(target: target)
    }

    /// Host and port as they stand in a URL, the port only when it is not the scheme's own.
    public var authority: String {
        port == RoutedServer.Scheme(rawValue: scheme)?.defaultPort ? host : "\(host):\(port)"
    }

    /// Whether `target` is an onion endpoint: `/loki/…/lsrpc` or `/oxen/…/lsrpc`, without a query.
    public static func isAllowed(target: String) -> Bool {
        (target.hasPrefix("/loki/") || target.hasPrefix("/oxen/"))
            && target.hasSuffix("/lsrpc")
            && target.utf8.allSatisfy {
                (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
            }
    }

    /// Nothing that could turn a host into another part of a URL: a name or IPv4 address, or an IPv6 one in brackets.
    static func isHost(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 255 else { return false }
        if text.hasPrefix("[") && text.hasSuffix("]") {
            let address = text.utf8.dropFirst().dropLast()
            return !address.isEmpty
                && address.allSatisfy { $0.isHexDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
        }
        return text.utf8.allSatisfy {
            $0.isLetterOrDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    fileprivate var isHexDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
