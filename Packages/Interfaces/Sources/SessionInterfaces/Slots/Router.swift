public import HTTPTypes

/// The path slot: a request to a service node or a server, and the answer, with the origin hidden or not.
///
/// Layers above never see paths: they name a destination and get the destination's own answer.
public protocol Router: Sendable {
    /// Delivers `request` to `destination` and returns what the destination answered, whatever its status.
    /// - Throws: `RouterError`, or `CancellationError`.
    func send(_ request: RoutedRequest, to destination: Destination) async throws -> RoutedResponse
}

/// Where a routed request ends.
public enum Destination: Hashable, Sendable {
    /// A service node's storage RPC.
    case serviceNode(ServiceNode)
    /// A web server that understands onion requests, known by its X25519 key.
    case server(RoutedServer)
}

/// A server behind the onion network.
public struct RoutedServer: Hashable, Sendable {
    public enum Scheme: String, Hashable, Sendable {
        case http
        case https

        public var defaultPort: UInt16 { self == .https ? 443 : 80 }
    }

    public let scheme: Scheme
    public let host: String
    public let port: UInt16
    public let x25519Key: X25519PublicKey

    public init(scheme: Scheme, host: String, port: UInt16? = nil, x25519Key: X25519PublicKey) {
        self.scheme = scheme
        self.host = host
        self.port = port ?? scheme.defaultPort
        self.x25519Key = x25519Key
    }
}

/// What to ask of the destination.
public struct RoutedRequest: Sendable {
    public var method: HTTPRequest.Method
    /// Absolute path with query.
    public var path: String
    public var headers: HTTPFields
    public var body: [UInt8]
    /// Time for each attempt, from sending to the complete answer.
    public var timeLimit: Duration

    public init(
        method: HTTPRequest.Method, path: String, headers: HTTPFields = [:], body: [UInt8] = [],
        timeLimit: Duration = .seconds(10)
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.timeLimit = timeLimit
    }

    /// Path of every service node's storage RPC.
    public static let storageRPCPath = "/storage_rpc/v1"

    /// A storage RPC document, `{"method": …, "params": …}`, for a service node.
    public static func storageRPC(_ document: [UInt8], timeLimit: Duration = .seconds(10)) -> RoutedRequest {
        RoutedRequest(method: .post, path: storageRPCPath, body: document, timeLimit: timeLimit)
    }
}

/// The destination's answer.
public struct RoutedResponse: Sendable {
    /// The destination's own status code.
    public var status: Int
    public var headers: HTTPFields
    public var body: [UInt8]
    /// The relays that carried the request, guard first; empty when it went directly.
    public var path: [ServiceNode]

    public init(status: Int, headers: HTTPFields = [:], body: [UInt8], path: [ServiceNode] = []) {
        self.status = status
        self.headers = headers
        self.body = body
        self.path = path
    }
}

/// Why there is no answer of the destination.
public struct RouterError: CodedError {
    public enum Code: String, Sendable {
        /// No path could be built: too few usable nodes, or none of them answers.
        case noPath = "router_no_path"
        /// Every attempt ran out of time.
        case timedOut = "router_timed_out"
        /// The destination itself cannot be reached or is not ready.
        case destinationUnreachable = "router_destination_unreachable"
        /// Nodes on the path failed in every attempt.
        case pathFailed = "router_path_failed"
        /// The answer cannot be read as coming from the destination.
        case invalidResponse = "router_invalid_response"
        /// A relay asks to send less.
        case rateLimited = "router_rate_limited"
        /// The request cannot be sent as it is, for example because it is too large.
        case invalidRequest = "router_invalid_request"
        /// This router cannot reach this kind of destination.
        case unsupportedDestination = "router_unsupported_destination"
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
