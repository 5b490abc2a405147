public import HTTPTypes

/// The path slot: a request to a service node or a server, and the answer, with the origin hidden or not.
///
/// Layers above never see paths: they name a destination and get the destination's own answer.
public protocol Router: Sendable {
    /// Delivers `request` to `destination` and returns what the destination answered, whatever its status.
    /// - Throws: `RouterError`, or `CancellationError`.
    func send(_ request: RoutedRequest, to destination: Destination) async throws -> RoutedResponse

    /// Writes what the router keeps from one run to the next: for a process that is about to end.
    func save() async
}

extension Router {
    /// Nothing is kept.
    public func save() async {}
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

    /// The form of requests that a server understands. Follows protocol document 02, sections 2.5 and 2.6.
    public enum RequestForm: String, Hashable, Sendable {
        /// JSON, for servers that never learnt the other. Its bodies are text.
        case v3
        case v4
    }

    public let scheme: Scheme
    public let host: String
    public let port: UInt16
    public let x25519Key: X25519PublicKey
    public let form: RequestForm

    /// - Parameter port: The scheme's own when nil.
    public init(
        scheme: Scheme, host: String, port: UInt16? = nil, x25519Key: X25519PublicKey, form: RequestForm = .v4
    ) {
        self.scheme = scheme
        self.host = host
        self.port = port ?? scheme.defaultPort
        self.x25519Key = x25519Key
        self.form = form
    }
}

/// Whose requests may travel together: no path carries requests of two isolations.
public enum PathIsolation: Hashable, Sendable {
    /// Requests that belong to no account, or to none that has to be kept apart.
    case shared
    case account(AccountID)
}

/// What a path is used for: long transfers do not stand in the way of short requests.
public enum PathCategory: String, Hashable, Sendable, CaseIterable {
    case standard
    /// Uploads and downloads.
    case file
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
    /// Time for all attempts and the pauses between them; nil leaves it to the router.
    public var overallTimeLimit: Duration?
    public var isolation: PathIsolation
    public var category: PathCategory
    /// Whether the caller can ask another destination for the same. A router then does not ask a silent one again.
    public var hasOtherDestinations: Bool

    public init(
        method: HTTPRequest.Method, path: String, headers: HTTPFields = [:], body: [UInt8] = [],
        timeLimit: Duration = .seconds(10), overallTimeLimit: Duration? = nil, isolation: PathIsolation = .shared,
        category: PathCategory = .standard, hasOtherDestinations: Bool = false
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.timeLimit = timeLimit
        self.overallTimeLimit = overallTimeLimit
        self.isolation = isolation
        self.category = category
        self.hasOtherDestinations = hasOtherDestinations
    }

    /// Path of every service node's storage RPC.
    public static let storageRPCPath = "/storage_rpc/v1"

    /// A storage RPC document, `{"method": …, "params": …}`, for a service node.
    public static func storageRPC(
        _ document: [UInt8], timeLimit: Duration = .seconds(10), overallTimeLimit: Duration? = nil,
        isolation: PathIsolation = .shared, hasOtherDestinations: Bool = false
    ) -> RoutedRequest {
        RoutedRequest(
            method: .post, path: storageRPCPath, body: document, timeLimit: timeLimit,
            overallTimeLimit: overallTimeLimit, isolation: isolation, hasOtherDestinations: hasOtherDestinations)
    }
}

/// The destination's answer.
public struct RoutedResponse: Sendable {
    /// What an answer asks of the caller beyond itself. Follows protocol document 02, section 7.
    public enum Advice: Hashable, Sendable {
        /// The destination disagrees with the time of the request: synchronise the clock, sign again, try once more.
        case clockIsOff
        /// The destination does not serve this account: the body names the nodes that do.
        case swarmHasChanged
        /// The destination cannot do what any other like it could.
        case takeAnotherDestination
        /// Ask less often, and someone else.
        case slowDown
    }

    /// The destination's own status code.
    public var status: Int
    public var headers: HTTPFields
    public var body: [UInt8]
    /// The relays that carried the request, guard first; empty when it went directly.
    public var path: [ServiceNode]
    /// Follows only from what the destination itself said, never from plain text that a relay may have made up.
    public var advice: Set<Advice>

    public init(
        status: Int, headers: HTTPFields = [:], body: [UInt8], path: [ServiceNode] = [], advice: Set<Advice> = []
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.path = path
        self.advice = advice
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
