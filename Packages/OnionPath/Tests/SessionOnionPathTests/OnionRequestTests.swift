import SessionCrypto
import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct OnionRequestTests {
    @Test(arguments: HopEncryption.allCases, [false, true])
    func fixedRandomnessGivesKnownBytes(encryption: HopEncryption, toServer: Bool) throws {
        let random = KnownRequests.random(encryption)
        let request = try OnionRequest(
            toServer ? KnownRequests.serverPlaintext : KnownRequests.document,
            to: toServer ? .server(KnownRequests.server) : .serviceNode(KnownRequests.nodes[3]),
            through: Array(KnownRequests.nodes.prefix(3)), encryption: encryption, random: random)
        #expect(request.body == KnownRequests.body(encryption, toServer: toServer))
        #expect(random.isUsedUp)
    }

    @Test(arguments: HopEncryption.allCases)
    func knownAnswersAreRead(encryption: HopEncryption) throws {
        let node = try OnionRequest(
            KnownRequests.document, to: .serviceNode(KnownRequests.nodes[3]), through: [KnownRequests.nodes[0]],
            encryption: encryption, random: KnownRequests.random(encryption))
        let text = encryption == .xchacha20 ? KnownRequests.xchacha20NodeReply : KnownRequests.aesGCMNodeReply
        let expected = OnionReply(
            status: 200, body: Array(#"{"version":[2,11,0],"timestamp":1700000000000}"#.utf8))
        #expect(try node.reader.read(Array(text.utf8)) == expected)
        #expect(try node.reader.read(Base64.decode(text)!) == expected, "raw ciphertext is read as well")

        let server = try OnionRequest(
            KnownRequests.serverPlaintext, to: .server(KnownRequests.server), through: [KnownRequests.nodes[0]],
            encryption: encryption, random: KnownRequests.random(encryption))
        let hex = encryption == .xchacha20 ? KnownRequests.xchacha20ServerReply : KnownRequests.aesGCMServerReply
        #expect(
            try server.reader.read(Hex.decode(hex)!)
                == OnionReply(
                    status: 201, headers: [.contentType: "application/json"], body: Array(#"{"id": 123}"#.utf8)))
    }

    /// The hops see each other's keys, the last one the destination, and nobody anything else.
    @Test(arguments: 1...5, HopEncryption.allCases)
    func everyHopFindsTheNext(hopCount: Int, encryption: HopEncryption) throws {
        let nodes = FakeNode.several(hopCount + 1)
        let request = try OnionRequest(
            Array("document".utf8), to: .serviceNode(nodes[hopCount].node), through: nodes.dropLast().map(\.node),
            encryption: encryption, random: SeededRandom(seed: 3))
        let entry = try OnionEntry(decoding: request.body)
        #expect(entry.hopNumber == 0)
        var (seal, ciphertext) = (entry.seal, entry.ciphertext)
        for hop in 0..<hopCount {
            let layer = try OnionLayer(decrypted: seal.open(ciphertext, with: nodes[hop].keys))
            guard case .relay(let next, let nextSeal, let inner) = layer else {
                Issue.record("hop \(hop) is not a relay")
                return
            }
            #expect(next == nodes[hop + 1].node.ed25519Key)
            #expect(nextSeal.encryption == encryption)
            #expect(throws: OnionError(.undecryptableLayer, "")) {
                try nextSeal.open(inner, with: nodes[hop].keys)
            }
            (seal, ciphertext) = (nextSeal, inner)
        }
        #expect(
            try OnionLayer(decrypted: seal.open(ciphertext, with: nodes[hopCount].keys))
                == .final(payload: Array("document".utf8), json: false, base64: true))
    }

    @Test func everyLayerHasItsOwnKey() throws {
        let nodes = ServiceNode.several(4)
        func build(seed: UInt64) throws -> [UInt8] {
            try OnionRequest(
                [1], to: .serviceNode(nodes[3]), through: Array(nodes.prefix(3)), random: SeededRandom(seed: seed)
            ).body
        }
        #expect(try build(seed: 1) == build(seed: 1))
        #expect(try build(seed: 1) != build(seed: 2))
    }

    @Test func requestsThatNoGuardTakesAreRefused() {
        let nodes = ServiceNode.several(2)
        let random = SeededRandom(seed: 1)
        func attempt(
            _ payload: [UInt8] = [], to destination: Destination, through hops: [ServiceNode],
            target: String = OnionRequest.serverTarget
        ) {
            #expect(throws: OnionError(.invalidRequest, "")) {
                try OnionRequest(payload, to: destination, through: hops, target: target, random: random)
            }
        }
        let large = [UInt8](repeating: 0, count: OnionEntry.maximumBodySize)
        attempt(to: .serviceNode(nodes[0]), through: [])
        attempt(large, to: .serviceNode(nodes[0]), through: [nodes[1]])
        attempt(large + [0], to: .serviceNode(nodes[0]), through: [nodes[1]])
        attempt(to: .server(KnownRequests.server), through: nodes, target: "/elsewhere")
        let host = RoutedServer(scheme: .http, host: "a/b", x25519Key: KnownRequests.server.x25519Key)
        attempt(to: .server(host), through: nodes)
    }

    @Test func keysThatAreNoPointsAreRefused() {
        let zero = RoutedServer(scheme: .https, host: "example.org", x25519Key: X25519PublicKey(Bytes32()))
        #expect(throws: OnionError(.invalidRequest, "")) {
            try OnionRequest([1], to: .server(zero), through: ServiceNode.several(1), random: SeededRandom(seed: 1))
        }
    }
}
