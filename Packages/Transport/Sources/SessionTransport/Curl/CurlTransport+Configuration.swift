import HTTPTypes
import SessionInterfaces

extension CurlTransport {
    /// What holds for all requests of one transport.
    public struct Configuration: Hashable, Sendable {
        /// Which connections go through which proxy. The environment counts only through `ProxyRules(environment:)`.
        public var proxies: ProxyRules
        /// Value of the `User-Agent` field of requests that have none of their own; the empty string sends no field.
        public var userAgent: String
        /// A PEM file whose authorities are trusted in place of the system's.
        public var certificateAuthorityFile: String?
        /// Time for name look-up, connection and TLS handshake together, after which the address counts as unreachable.
        /// Nil means three seconds, or thirty through a proxy: anonymity networks take their time.
        public var connectTimeLimit: Duration?
        /// Connections open at once to one host and port; further requests wait within their time limit.
        public var maximumConnectionsPerHost: Int
        /// Connections open at once, idle ones included.
        public var maximumConnections: Int
        /// A connection idle for longer is not used again, in whole seconds. Service nodes close theirs after 8 to 12.
        public var idleTimeLimit: Duration

        /// - Parameter proxy: carries every connection; nil connects directly.
        public init(
            proxy: ProxyAddress? = nil, userAgent: String = "", certificateAuthorityFile: String? = nil,
            connectTimeLimit: Duration? = nil, maximumConnectionsPerHost: Int = 32, maximumConnections: Int = 512,
            idleTimeLimit: Duration = .seconds(8)
        ) {
            self.proxies = ProxyRules(all: proxy)
            self.userAgent = userAgent
            self.certificateAuthorityFile = certificateAuthorityFile
            self.connectTimeLimit = connectTimeLimit
            self.maximumConnectionsPerHost = maximumConnectionsPerHost
            self.maximumConnections = maximumConnections
            self.idleTimeLimit = idleTimeLimit
        }

        func connectTimeLimit(through proxy: ProxyAddress?) -> Duration {
            connectTimeLimit ?? .seconds(proxy == nil ? 3 : 30)
        }

        func check() throws(TransportError) {
            guard HTTPField.isValidValue(userAgent) else {
                throw TransportError(.invalidRequest, "user agent holds a forbidden byte")
            }
        }
    }
}
