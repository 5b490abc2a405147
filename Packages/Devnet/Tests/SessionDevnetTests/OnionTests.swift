import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionOnionPath
import SessionSwarm
import Testing

@testable import SessionDevnet

@Suite struct OnionTests {
    private let keys = AccountKeys.generate(from: CryptoRandom())

    @Test(arguments: HopEncryption.allCases)
    func aMessageIsStoredAndRetrievedOverThreeHops(encryption: HopEncryption) async throws {
        try await Fixture.run { fixture in
            let destination = try await fixture.swarm(of: keys.accountID).members[0]
            let hops = Array(fixture.nodes.filter { $0 != destination }.prefix(3))
            func ask(_ method: String, _ parameters: [String: JSONValue]) async throws -> (Int, JSONValue?) {
                let document: JSONValue = ["method": .string(method), "params": .object(parameters)]
                let reply = try await fixture.onion(
                    document.encoded(), to: destination, through: hops, encryption: encryption)
                return (reply.status, JSONValue(decoding: reply.body))
            }
            let stored = try await ask("store", Calls.store([5, 6], for: keys.accountID, at: fixture.now))
            #expect(stored.0 == 200)
            #expect(stored.1?.object?["swarm"]?.object?.count == 3)
            let found = try await ask("retrieve", Calls.retrieve(keys, at: fixture.now))
            #expect(found.1?.object?["messages"]?.array?.first?.object?["data"] == "BQY=")
            let refused = try await ask("retrieve", ["pubkey": .string(keys.accountID.hex)])
            #expect(refused.0 == 401)
        }
    }

    @Test func theToolkitsRouterFindsItsWay() async throws {
        try await Fixture.run { fixture in
            let destination = try await fixture.swarm(of: keys.accountID).members[0]
            let router = OnionRouter(
                nodes: FixedServiceNodes(fixture.nodes), transport: fixture.transport,
                rules: try await fixture.devnet.network.rules, random: CryptoRandom())
            let document: JSONValue = [
                "method": "store", "params": .object(Calls.store([1], for: keys.accountID, at: fixture.now)),
            ]
            let response = try await router.send(.storageRPC(document.encoded()), to: .serviceNode(destination))
            #expect(response.status == 200)
            #expect(response.path.count == 3)
            #expect(!response.path.contains(destination))
        }
    }

    @Test func eachNodeSeesItsNeighboursOnly() async throws {
        try await Fixture.run { fixture in
            let path = Array(fixture.nodes.prefix(4))
            _ = try await fixture.onion(Self.info, to: path[3], through: Array(path.prefix(3)))
            let sightings = await fixture.devnet.sightings()
            #expect(sightings.map(\.node) == path.map(\.ed25519Key))
            #expect(sightings.map(\.role) == [.guard, .relay, .relay, .destination])
            #expect(sightings.first?.previous == .client("127.0.0.1"))
            #expect(sightings.dropFirst().map(\.previous) == path.prefix(3).map { .node($0.ed25519Key) })
            #expect(sightings.dropLast().map(\.next) == path.dropFirst().map { .node($0.ed25519Key) })
            #expect(sightings.last?.next == .itself)
            #expect(sightings.allSatisfy { $0.size > Self.info.count })
            await fixture.devnet.clearSightings()
            #expect(await fixture.devnet.sightings().isEmpty)
        }
    }

    @Test func onlySoManySightingsAreKept() async throws {
        var settings = DevnetSettings()
        settings.sightingLimit = 2
        try await Fixture.run(settings) { fixture in
            _ = try await fixture.onion(Self.info, to: fixture.nodes[3], through: Array(fixture.nodes.prefix(3)))
            #expect(await fixture.devnet.sightings().map(\.role) == [.relay, .destination])
        }
    }

    @Test func aLayerForAnotherNodeDoesNotDecrypt() async throws {
        try await Fixture.run { fixture in
            let request = try OnionRequest(
                Self.info, to: .serviceNode(fixture.nodes[3]), through: Array(fixture.nodes.prefix(3)),
                random: CryptoRandom())
            let reply = try await fixture.post(request.body, to: fixture.nodes[4], path: OnionEntry.requestPath)
            #expect(reply.status == 400)
            #expect(reply.text == "Invalid ciphertext")
        }
    }

    @Test func aHopThatIsUnknownOrDownIsNamed() async throws {
        try await Fixture.run { fixture in
            let stranger = fixture.stranger(like: fixture.nodes[2])
            let lost = try await fixture.entry(Self.info, to: fixture.nodes[3], through: [fixture.nodes[0], stranger])
            #expect(lost.status == 502)
            #expect(lost.text == "Next node not found: \(stranger.ed25519Key.hex)")

            try await fixture.devnet.stopNode(fixture.nodes[2].ed25519Key)
            let down = try await fixture.entry(Self.info, to: fixture.nodes[3], through: Array(fixture.nodes.prefix(3)))
            #expect(down.status == 502)
            #expect(down.text == "Next node is currently unreachable: \(fixture.nodes[2].ed25519Key.hex)")
        }
    }

    @Test(arguments: [(13, 200), (14, 400), (15, 400), (16, 400), (Int.max, 400), (-5, 200)])
    func aPathHasAtMostFifteenHops(first: Int, status: Int) async throws {
        try await Fixture.run { fixture in
            let request = try OnionRequest(
                Self.info, to: .serviceNode(fixture.nodes[2]), through: Array(fixture.nodes.prefix(2)),
                random: CryptoRandom())
            var envelope = try OnionEnvelope(decoding: request.body)
            let control = String(decoding: envelope.control.dropLast(), as: UTF8.self) + #","hop_no":\#(first)}"#
            envelope = OnionEnvelope(blob: envelope.blob, control: Array(control.utf8))
            let reply = try await fixture.post(envelope.encoded(), to: fixture.nodes[0], path: OnionEntry.requestPath)
            #expect(reply.status == status)
            if status == 400 { #expect(reply.text == "onion request max path length exceeded") }
        }
    }

    @Test func theDestinationAnswersAsTheControlPartAsks() async throws {
        try await Fixture.run { fixture in
            let node = fixture.nodes[0]
            let client = X25519KeyPair.generate(from: CryptoRandom())
            for (control, isBase64, isValue) in [
                (#"{"headers":""}"#, true, false), (#"{"headers":null}"#, true, false),
                (#"{"headers":{},"json":true}"#, true, true), (#"{"headers":{},"base64":false}"#, false, false),
                (#"{"headers":{},"host":"127.0.0.1","target":"/x"}"#, true, false),
            ] {
                let layer = OnionEnvelope(blob: Self.info, control: Array(control.utf8)).encoded()
                let reply = try await fixture.enter(layer, at: node, from: client)
                #expect(reply.headers[.contentType] == "text/plain")
                let decoded = isBase64 ? Base64.decode(reply.text) : reply.body
                let answer = try HopEncryption.xchacha20.open(try #require(decoded), from: node.x25519Key, to: client)
                let members = try #require(JSONValue(decoding: answer)?.object)
                #expect(members["status"] == 200)
                #expect((members["body"]?.object != nil) == isValue, "\(control)")
            }
        }
    }

    @Test(arguments: [
        ("{}", "Invalid json"), ("xxx", "Invalid json"),
        (#"{"host":"127.0.0.1","port":1,"protocol":"http","target":"/room/x"}"#, "Invalid url"),
    ])
    func whatANodeCannotReadItRefusesUnderItsOwnLayer(control: String, text: String) async throws {
        try await Fixture.run { fixture in
            let client = X25519KeyPair.generate(from: CryptoRandom())
            let layer = OnionEnvelope(blob: [1], control: Array(control.utf8)).encoded()
            let reply = try await fixture.enter(layer, at: fixture.nodes[0], from: client)
            #expect(reply.status == 200)
            let answer = try HopEncryption.xchacha20.open(
                try #require(Base64.decode(reply.text)), from: fixture.nodes[0].x25519Key, to: client)
            #expect(String(decoding: answer, as: UTF8.self) == #"{"body":"\#(text)","status":400}"#)
        }
    }

    @Test func nobodyEntersAPathInTheMiddle() async throws {
        try await Fixture.run { fixture in
            let request = try OnionRequest(
                Self.info, to: .serviceNode(fixture.nodes[1]), through: [fixture.nodes[0]], random: CryptoRandom())
            let entry = try OnionEntry(decoding: request.body)
            let outsider = Ed25519KeyPair.generate(from: CryptoRandom())
            let signed = RelayedRequest.body(entry, from: outsider, to: fixture.nodes[0].ed25519Key)
            for (body, status) in [(request.body, 400), (signed, 403)] {
                let reply = try await fixture.post(body, to: fixture.nodes[0], path: RelayedRequest.path)
                #expect(reply.status == status)
            }
            #expect(await fixture.devnet.sightings().isEmpty)
        }
    }

    @Test func theLastHopDeliversToAServer() async throws {
        let keys = Ed25519KeyPair.generate(from: CryptoRandom()).x25519
        let server = Listener(
            address: IPv4Address(value: 0x7f00_0001), tls: nil,
            service: HTTPService(serverName: "server", bodyLimit: { _ in 1 << 20 }) { call in
                guard call.path == OnionRequest.serverTarget, let entry = try? OnionEntry(decoding: call.body),
                    let plaintext = try? entry.seal.open(entry.ciphertext, with: keys),
                    let request = try? ServerRequestV4(decoding: plaintext)
                else { return .text(400, "Invalid v4 onion request") }
                let response = ServerResponseV4(code: 201, headers: [:], body: Array(request.endpoint.utf8))
                let sealed = try? entry.seal.sealReply(response.encoded(), with: keys, random: CryptoRandom())
                return HTTPAnswer(status: 200, contentType: "text/plain", body: sealed ?? [])
            })
        let port = try await PortChoice.free.open(server, random: CryptoRandom())
        try await Fixture.run { fixture in
            let destination = RoutedServer(scheme: .http, host: "127.0.0.1", port: port, x25519Key: keys.publicKey)
            let router = OnionRouter(
                nodes: FixedServiceNodes(fixture.nodes), transport: fixture.transport, rules: .local,
                random: CryptoRandom())
            let response = try await router.send(
                RoutedRequest(method: .get, path: "/rooms?limit=1"), to: .server(destination))
            #expect(response.status == 201)
            #expect(String(decoding: response.body, as: UTF8.self) == "/rooms?limit=1")
            #expect(await fixture.devnet.sightings().last?.next == .server("127.0.0.1:\(port)"))

            await server.close()
            let request = try OnionRequest(
                [1], to: .server(destination), through: [fixture.nodes[0]], random: CryptoRandom())
            let refused = try await fixture.post(request.body, to: fixture.nodes[0], path: OnionEntry.requestPath)
            #expect(refused.status == 502)
        }
        await server.close()
    }

    private static let info = Array(#"{"method":"info","params":{}}"#.utf8)
}

extension Fixture {
    /// What the guard answers, as it stands.
    fileprivate func entry(_ payload: [UInt8], to node: ServiceNode, through hops: [ServiceNode]) async throws -> Reply
    {
        let request = try OnionRequest(payload, to: .serviceNode(node), through: hops, random: CryptoRandom())
        return try await post(request.body, to: hops[0], path: OnionEntry.requestPath)
    }

    /// What the destination answers, decrypted.
    fileprivate func onion(
        _ payload: [UInt8], to node: ServiceNode, through hops: [ServiceNode], encryption: HopEncryption = .xchacha20
    ) async throws -> OnionReply {
        let request = try OnionRequest(
            payload, to: .serviceNode(node), through: hops, encryption: encryption, random: CryptoRandom())
        let reply = try await post(request.body, to: hops[0], path: OnionEntry.requestPath)
        #expect(reply.status == 200)
        return try request.reader.read(reply.body)
    }

    /// Sends a layer of one's own making.
    fileprivate func enter(_ layer: [UInt8], at node: ServiceNode, from client: X25519KeyPair) async throws -> Reply {
        let ciphertext = try HopEncryption.xchacha20.seal(
            layer, from: client, to: node.x25519Key, random: CryptoRandom())
        let control = #"{"ephemeral_key":"\#(client.publicKey.hex)","enc_type":"xchacha20"}"#
        let body = OnionEnvelope(blob: ciphertext, control: Array(control.utf8)).encoded()
        return try await post(body, to: node, path: OnionEntry.requestPath)
    }

    /// A node that the chain does not list.
    fileprivate func stranger(like node: ServiceNode) -> ServiceNode {
        let keys = Ed25519KeyPair.generate(from: CryptoRandom())
        return ServiceNode(
            ed25519Key: keys.publicKey, x25519Key: keys.x25519.publicKey, address: node.address,
            httpsPort: node.httpsPort, omqPort: 0, version: node.version, swarmID: node.swarmID)
    }
}
