import HTTPTypes
import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct DirectRouterTests {
    /// Answers with a description of the request.
    struct Mirror: Transport {
        var error: TransportError.Code?

        func send(_ request: TransportRequest) async throws -> TransportResponse {
            if let error { throw TransportError(error, "told to") }
            let head = request.head
            let text =
                "\(head.method) \(head.scheme ?? "")://\(head.authority ?? "")\(head.path ?? "") \(request.trust)"
            return TransportResponse(
                HTTPResponse(status: .accepted, headerFields: head.headerFields), body: Array(text.utf8))
        }

        func shutdown() async {}
    }

    let node = ServiceNode.several(1)[0]

    @Test func aNodeIsAskedAtItsStorageRPC() async throws {
        let request = RoutedRequest(method: .get, path: "/ignored", body: [1])
        let response = try await DirectRouter(transport: Mirror()).send(request, to: .serviceNode(node))
        #expect(response.status == 202)
        #expect(response.path.isEmpty)
        #expect(response.body == Array("POST https://10.0.1.1:22021/storage_rpc/v1 none".utf8))
    }

    @Test(
        arguments: [
            (RoutedServer.Scheme.https, nil, "https://example.org/x?y"),
            (.http, 80, "http://example.org/x?y"), (.https, 8443, "https://example.org:8443/x?y"),
        ] as [(RoutedServer.Scheme, UInt16?, String)])
    func aServerHasToProveWhoItIs(scheme: RoutedServer.Scheme, port: UInt16?, url: String) async throws {
        let server = RoutedServer(scheme: scheme, host: "example.org", port: port, x25519Key: node.x25519Key)
        let request = RoutedRequest(method: .put, path: "/x?y", headers: [.accept: "a"])
        let response = try await DirectRouter(transport: Mirror()).send(request, to: .server(server))
        // Plain HTTP has nothing to prove it with.
        let trust = scheme == .https ? "publicAuthorities" : "none"
        #expect(response.body == Array("PUT \(url) \(trust)".utf8))
        #expect(response.headers == [.accept: "a"])
    }

    @Test(
        arguments: [
            (.unreachable, .destinationUnreachable), (.interrupted, .destinationUnreachable),
            (.untrusted, .destinationUnreachable), (.timedOut, .timedOut), (.responseTooLarge, .invalidResponse),
            (.malformedResponse, .invalidResponse), (.invalidRequest, .invalidRequest), (.proxyFailed, .noPath),
            (.closed, .noPath), (.failed, .noPath),
        ] as [(TransportError.Code, RouterError.Code)])
    func transportErrorsAreTranslated(code: TransportError.Code, expected: RouterError.Code) async {
        await #expect(throws: RouterError(expected, "")) {
            try await DirectRouter(transport: Mirror(error: code)).send(.storageRPC([]), to: .serviceNode(node))
        }
    }
}
