import HTTPTypes
import SessionInterfaces
import SessionTransport
import Testing

/// What each trust policy accepts, and that no connection serves two of them.
@Suite struct CurlTrustTests {
    private let identity: ServerIdentity

    init() throws { identity = try ServerIdentity() }

    private var pinned: TrustPolicy { .pinnedPublicKeys([identity.publicKeyDigest]) }
    private static let wrongPin = TrustPolicy.pinnedPublicKeys([Bytes32(repeatElement(7, count: 32))!])

    private func request(_ server: TLSServer, _ trust: TrustPolicy, host: String = "localhost") -> TransportRequest {
        let head = HTTPRequest(method: .get, scheme: "https", authority: "\(host):\(server.port)", path: "/")
        return TransportRequest(head, trust: trust)
    }

    @Test func noneAcceptsAnyCertificate() async throws {
        let server = try await TLSServer(identity)
        #expect(try await CurlTransport().send(request(server, .none)).text == "1")
    }

    @Test func authoritiesMustKnowTheIssuer() async throws {
        let server = try await TLSServer(identity)
        let transport = try CurlTransport()
        #expect(try await errorCode { try await transport.send(request(server, .publicAuthorities)) } == .untrusted)
        #expect(server.requests.value == 0)
    }

    @Test func aConfiguredAuthorityCountsForItsHostOnly() async throws {
        let server = try await TLSServer(identity)
        try await identity.withCertificateFile { file in
            let transport = try CurlTransport(.init(certificateAuthorityFile: file))
            #expect(try await transport.send(request(server, .publicAuthorities)).text == "1")
            let other = request(server, .publicAuthorities, host: "127.0.0.1")
            #expect(try await errorCode { try await transport.send(other) } == .untrusted)
        }
        #expect(server.requests.value == 1)
    }

    @Test func aMissingAuthorityFileIsAnError() async throws {
        let server = try await TLSServer(identity)
        let transport = try CurlTransport(.init(certificateAuthorityFile: "/nowhere/authorities.pem"))
        #expect(try await errorCode { try await transport.send(request(server, .publicAuthorities)) } == .failed)
    }

    @Test func onePinOfManyIsEnough() async throws {
        let server = try await TLSServer(identity)
        let others = try (0..<3).map { _ in try ServerIdentity().publicKeyDigest }
        let transport = try CurlTransport()
        let trust = TrustPolicy.pinnedPublicKeys(others + [identity.publicKeyDigest])
        #expect(try await transport.send(request(server, trust)).text == "1")
        #expect(
            try await errorCode { try await transport.send(request(server, .pinnedPublicKeys(others))) } == .untrusted)
        #expect(server.requests.value == 1)
    }

    @Test func aPinCountsEvenWhereAnAuthorityWouldDo() async throws {
        let server = try await TLSServer(identity)
        try await identity.withCertificateFile { file in
            let transport = try CurlTransport(.init(certificateAuthorityFile: file))
            #expect(try await errorCode { try await transport.send(request(server, Self.wrongPin)) } == .untrusted)
        }
        #expect(server.requests.value == 0)
    }

    @Test func theSamePinsInAnotherOrderShareAConnection() async throws {
        let server = try await TLSServer(identity)
        let transport = try CurlTransport()
        let pins = [identity.publicKeyDigest, Bytes32(), identity.publicKeyDigest]
        #expect(try await transport.send(request(server, .pinnedPublicKeys(pins))).text == "1")
        #expect(try await transport.send(request(server, .pinnedPublicKeys([Bytes32(), pins[0]]))).text == "1")
    }

    /// A policy must do its own checking although a connection made under another lies ready, and although the TLS
    /// session of a closed one could be resumed.
    @Test(arguments: [false, true])
    func policiesDoNotShareConnections(serverCloses: Bool) async throws {
        let server = try await TLSServer(identity, closesConnections: serverCloses)
        let transport = try CurlTransport()
        var good = 0
        for accepted in [TrustPolicy.none, pinned] {
            for _ in 0..<2 {
                _ = try await transport.send(request(server, accepted))
                good += 1
            }
            for refused in [TrustPolicy.publicAuthorities, Self.wrongPin] {
                #expect(try await errorCode { try await transport.send(request(server, refused)) } == .untrusted)
            }
        }
        #expect(server.requests.value == good)
        #expect(server.connections.value == (serverCloses ? good : 2), "kept per policy")
    }

    @Test func policiesDoNotShareConnectionsUnderLoad() async throws {
        let server = try await TLSServer(identity)
        let transport = try CurlTransport(.init(maximumConnectionsPerHost: 8))
        let policies = [TrustPolicy.none, .publicAuthorities, pinned, Self.wrongPin]
        try await withThrowingTaskGroup(of: (TrustPolicy, TransportError.Code?).self) { group in
            for number in 0..<80 {
                let policy = policies[number % policies.count]
                group.addTask { (policy, try await errorCode { try await transport.send(request(server, policy)) }) }
            }
            for try await (policy, code) in group {
                #expect(code == (policy == .none || policy == pinned ? nil : .untrusted))
            }
        }
        #expect(server.requests.value == 40)
    }

    @Test func aServerWithoutTLSIsUnreachable() async throws {
        let server = try ScriptedServer { connection, _ in
            _ = connection.read(1)
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
        }
        let head = HTTPRequest(method: .get, scheme: "https", authority: server.authority, path: "/")
        let transport = try CurlTransport()
        #expect(
            try await errorCode { try await transport.send(TransportRequest(head, trust: .none)) } == .unreachable)
    }

    /// A silent handshake is the host's failure, not the request's time limit.
    @Test func aSilentHandshakeIsUnreachable() async throws {
        let server = try ScriptedServer { connection, _ in
            while connection.read(1) != nil {}
        }
        let head = HTTPRequest(method: .get, scheme: "https", authority: server.authority, path: "/")
        let transport = try CurlTransport(.init(connectTimeLimit: .milliseconds(200)))
        #expect(
            try await errorCode { try await transport.send(TransportRequest(head, trust: .none)) } == .unreachable)
    }
}
