import HTTPTypes
public import SessionInterfaces

/// Delivers requests straight to the destination, which sees the client's address. For local networks, for
/// comparison, and where anonymity comes from elsewhere.
public struct DirectRouter: Router {
    private let transport: any Transport

    public init(transport: any Transport) { self.transport = transport }

    public func send(_ request: RoutedRequest, to destination: Destination) async throws -> RoutedResponse {
        do {
            let response = try await transport.send(Self.transportRequest(request, to: destination))
            let reply = OnionReply(
                status: response.head.status.code, headers: response.head.headerFields, body: response.body)
            let verdict = RoutingVerdict(reply, in: RoutingState(path: [], destination: destination))
            return RoutedResponse(
                status: reply.status, headers: reply.headers, body: reply.body, advice: verdict.advice)
        } catch let error as TransportError {
            try Task.checkCancellation()
            throw Self.routerError(error)
        }
    }

    /// A node's certificate is its own and proves nothing; a server's has to be in order, if it uses TLS at all.
    private static func transportRequest(_ request: RoutedRequest, to destination: Destination) -> TransportRequest {
        var head = HTTPRequest(
            method: request.method, scheme: "https", authority: nil, path: request.path,
            headerFields: request.headers)
        let trust: TrustPolicy
        switch destination {
        case .serviceNode(let node):
            head.method = .post
            head.authority = node.authority
            head.path = RoutedRequest.storageRPCPath
            trust = .none
        case .server(let server):
            head.scheme = server.scheme.rawValue
            head.authority = ServerDelivery(to: server, target: request.path).authority
            trust = server.scheme == .https ? .publicAuthorities : .none
        }
        return TransportRequest(head, body: request.body, trust: trust, timeLimit: request.timeLimit)
    }

    private static func routerError(_ error: TransportError) -> RouterError {
        switch error.code {
        case .unreachable, .interrupted, .untrusted:
            RouterError(.destinationUnreachable, "the destination cannot be reached", underlying: error)
        case .timedOut:
            RouterError(.timedOut, "the destination did not answer in time", underlying: error)
        case .responseTooLarge, .malformedResponse:
            RouterError(.invalidResponse, "the destination's answer cannot be read", underlying: error)
        case .invalidRequest:
            RouterError(.invalidRequest, "the request cannot be sent as it is", underlying: error)
        case .proxyFailed, .closed, .failed:
            RouterError(.noPath, "the transport cannot send", underlying: error)
        }
    }
}
