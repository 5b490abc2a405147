import SessionInterfaces

/// A proxy such as `socks5h://127.0.0.1:9050` or `http://user:password@proxy.example:3128`.
///
/// `socks5h` leaves looking up names to the proxy. Its sibling `socks5`, which would tell the local resolver every
/// name, is refused. Through an `http` proxy all requests are tunnelled (CONNECT), plain ones too.
public struct ProxyAddress: Hashable, Sendable {
    public enum Scheme: String, Sendable {
        case http
        case socks5h
    }

    public let scheme: Scheme
    public let host: String
    public let port: UInt16
    /// User name and password as written in the address (percent-encoded), with a colon between. A secret.
    private let credentials: String?

    /// - Throws: `TransportError` with code `.proxyFailed` that names the part at fault.
    public init(_ text: String) throws(TransportError) {
        let parts = text.split(separator: "://", maxSplits: 1)
        guard parts.count == 2, let scheme = Scheme(rawValue: parts[0].lowercased()) else {
            let isLeaky = parts.count == 2 && parts[0].lowercased() == "socks5"
            let reason =
                isLeaky
                ? "socks5:// looks names up before the proxy; socks5h:// leaves that to it"
                : "proxy address begins with neither socks5h:// nor http://"
            throw TransportError(.proxyFailed, reason)
        }
        let rest = parts[1].hasSuffix("/") ? parts[1].dropLast() : parts[1]
        let at = rest.lastIndex(of: "@")
        let address = at.map { rest[rest.index(after: $0)...] } ?? rest
        guard let colon = address.lastIndex(of: ":"), let port = UInt16(address[address.index(after: colon)...]),
            port > 0
        else {
            throw TransportError(.proxyFailed, "proxy address has no port between 1 and 65535")
        }
        let host = address[..<colon]
        guard !host.isEmpty, host.utf8.allSatisfy(OutgoingRequest.isAuthorityByte) else {
            throw TransportError(.proxyFailed, "proxy address has no valid host")
        }
        let credentials = at.map { String(rest[..<$0]) }
        guard credentials?.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"/?#@".utf8.contains($0) }) ?? true else {
            throw TransportError(.proxyFailed, "proxy credentials hold a byte that is not percent-encoded")
        }
        self.scheme = scheme
        self.host = String(host)
        self.port = port
        self.credentials = credentials
    }

    /// The whole address, credentials included.
    var url: String {
        "\(scheme.rawValue)://\(credentials.map { $0 + "@" } ?? "")\(host):\(port)"
    }
}

extension ProxyAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address without credentials.
    public var description: String { "\(scheme.rawValue)://\(host):\(port)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(reflecting: description) }
}
