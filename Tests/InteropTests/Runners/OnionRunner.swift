import HTTPTypes
import SessionCrypto
import SessionInterfaces
import SessionOnionPath

/// Hop encryption, envelopes, layers, whole requests and their answers.
enum OnionRunner {
    static func encryption(_ file: Vector, _ tally: Tally) throws {
        tally.check(file.upstream_hop, upstreamHop)
        tally.check(file.upstream_envelope, upstreamEnvelope)
        tally.check(file.computed_pair, computedPair)
        for encryption in HopEncryption.allCases {
            for destination in ["to_service_node", "to_server"] {
                tally.check(file.computed_full[encryption.rawValue][destination]) { row in
                    try fullRequest(row, of: file.computed_full, encryption)
                }
            }
        }
    }

    static func parsing(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.layers, layer)
        try tally.checkEach(file.computed, layer)
        for (list, isAllowed) in [
            (file.target_allowed, true), (file.target_refused, false), (file.target_computed.allowed, true),
            (file.target_computed.refused, false),
        ] {
            try tally.checkEach(list) { expect(ServerDelivery.isAllowed(target: try $0.text) == isAllowed, $0) }
        }
    }

    static func serverRequests(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.documented) { row in
            let parts = Bencoded(Array(try row.encoded.text.utf8))?.strings
            let expected = try row.parts.elements.map { Array(try $0.text.utf8) }
            expect(parts == expected, row)
        }
        try tally.checkEach(file.computed_requests) { row in
            let meta = Array(try row.meta.text.utf8)
            let body = row.body_hex.isPresent ? try row.body_hex.bytes : nil
            try expect(Bencoded.strings([meta] + (body.map { [$0] } ?? [])).encoded, equals: row.encoded_hex)
            let request = try ServerRequestV4(decoding: try row.encoded_hex.bytes)
            expect(request.body == body, row)
            expect(try ServerRequestV4(decoding: request.encoded()) == request, row)
        }
        try tally.checkEach(file.computed_responses) { row in
            let response = try ServerResponseV4(decoding: try row.encoded_hex.bytes)
            try expect(response.body, equals: row.body_hex)
            expect(try row.meta.text.contains("\"code\":\(response.code)"), row)
        }
        try tally.checkEach(file.computed_invalid_requests) { row in
            expectRefusal(row) { try ServerRequestV4(decoding: try row.encoded_hex.bytes) }
        }
    }

    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            if row["in"].hops.isPresent {
                try oracleRequest(row)
            } else if row["in"].client_x25519_seckey.isPresent {
                try oracleLayer(row)
            } else {
                throw row.notUnderstood("hops or a single layer")
            }
        }
    }
}

// MARK: - Hops and envelopes

extension OnionRunner {
    private static func encryption(named vector: Vector) throws -> HopEncryption {
        guard let encryption = HopEncryption(wireName: try vector.text) else { throw vector.notUnderstood("enc_type") }
        return encryption
    }

    private static func upstreamHop(_ row: Vector) throws {
        let server = try row.server_sk.x25519Pair
        let client = try row.client_pk.x25519Key
        for (encryption, good, bad) in [
            (HopEncryption.aesGCM, row.aes_gcm, row.must_fail_aes_gcm),
            (.xchacha20, row.xchacha20, row.must_fail_xchacha20),
        ] {
            let plaintext = try encryption.open(try good.bytes, fromClient: client, toServer: server)
            expect(plaintext == Array(try row.plaintext.text.utf8), good)
            for bad in try bad.elements {
                expectRefusal(bad) { try encryption.open(try bad.bytes, fromClient: client, toServer: server) }
            }
        }
    }

    private static func upstreamEnvelope(_ row: Vector) throws {
        let server = try row.server_sk.x25519Pair
        let client = try row.ephemeral_sk.x25519Pair
        expect(client.publicKey == (try row.ephemeral_pk.x25519Key), row)
        for (encryption, wire) in [(HopEncryption.aesGCM, row.aes_gcm), (.xchacha20, row.xchacha20)] {
            let entry = try OnionEntry(decoding: try wire.bytes)
            expect(entry.seal.encryption == encryption, wire)
            expect(try entry.seal.open(entry.ciphertext, with: server) == Array(row.plaintext.text.utf8), wire)
            let reply = Array(try row.reply_plaintext.text.utf8)
            let sealed = try entry.seal.sealReply(reply, with: server, random: SystemRandom())
            expect(sealed.count == Int(try row.reply_length[encryption.rawValue].integer), wire)
            expect(try encryption.open(sealed, from: server.publicKey, to: client) == reply, wire)
        }
    }

    private static func computedPair(_ row: Vector) throws {
        let client = try row.client_ephemeral_sk.x25519Pair
        let server = try row.server_x25519_sk.x25519Pair
        try expect(client.publicKey.bytes.bytes, equals: row.client_ephemeral_pk)
        try expect(server.publicKey.bytes.bytes, equals: row.server_x25519_pk)
        try expect(client.sharedSecret(with: server.publicKey).withUnsafeBytes { Array($0) }, equals: row.shared_secret)
        let plaintext = try row.plaintext_hex.bytes
        for (encryption, part, nonce) in [
            (HopEncryption.aesGCM, row.aes_gcm, row.aes_gcm.iv), (.xchacha20, row.xchacha20, row.xchacha20.nonce),
        ] {
            let sealed = try encryption.seal(
                plaintext, from: client, to: server.publicKey, random: QueuedRandom([try nonce.bytes]))
            try expect(sealed, equals: part.ciphertext)
            expect(try encryption.open(sealed, fromClient: client.publicKey, toServer: server) == plaintext, part)
            // The roles are part of the key.
            if encryption == .xchacha20 {
                expectRefusal(part) { try encryption.open(sealed, fromClient: server.publicKey, toServer: client) }
            }
        }
    }

    private static func layer(_ row: Vector) throws {
        let plaintext = try row.plaintext.bytes
        switch try row.kind.text {
        case "error":
            expectRefusal(row) { try OnionLayer(decrypted: plaintext) }
        case "final":
            guard case .final(let payload, _, _) = try OnionLayer(decrypted: plaintext) else {
                return expect(false, row, "is not final")
            }
            if row.payload.isPresent { expect(payload == Array(try row.payload.text.utf8), row) }
        case "server":
            guard case .server(let delivery) = try OnionLayer(decrypted: plaintext) else {
                return expect(false, row, "is not for a server")
            }
            expect(delivery.body == plaintext, row, "the whole plaintext goes to the server")
            if row.host.isPresent {
                try expect(delivery.host, equals: row.host)
                try expect(delivery.target, equals: row.target)
                try expect(delivery.scheme, equals: row["protocol"])
                expect(Int64(delivery.port) == (try row.port.integer), row)
            }
        case "node":
            guard case .relay(let next, let seal, let ciphertext) = try OnionLayer(decrypted: plaintext) else {
                return expect(false, row, "is not for a node")
            }
            try expect(next.hex, equals: row.destination)
            try expect(seal.ephemeralKey.hex, equals: row.ephemeral_key)
            expect(seal.encryption == (try encryption(named: row.enc_type)), row)
            expect(ciphertext == Array(try row.payload.text.utf8), row)
        default:
            throw row.kind.notUnderstood("a kind of layer")
        }
    }
}

// MARK: - Whole requests

extension OnionRunner {
    private static func fullRequest(_ row: Vector, of full: Vector, _ encryption: HopEncryption) throws {
        let nodes = try full.nodes.elements
        let hops = try nodes.prefix(3).map { try node(ed25519: $0.ed25519_pk, x25519: $0.x25519_pk) }
        let isServer = row.request_plaintext.isPresent
        let destination: Destination
        let payload: [UInt8]
        if isServer {
            destination = try server(full.server, key: full.server.x25519_pk)
            payload = Array(try row.request_plaintext.text.utf8)
        } else {
            guard nodes.count > 3 else { throw full.nodes.notUnderstood("a fourth node") }
            destination = .serviceNode(try node(ed25519: nodes[3].ed25519_pk, x25519: nodes[3].x25519_pk))
            payload = Array(try row.rpc_plaintext.text.utf8)
        }
        let nonceSize = encryption == .xchacha20 ? 24 : 12
        let draws = try full.ephemeral.elements.enumerated().flatMap { layer, pair in
            [try pair.sk.bytes, [UInt8](repeating: UInt8(0x80 + layer), count: nonceSize)]
        }
        let request = try OnionRequest(
            payload, to: destination, through: hops, encryption: encryption, random: QueuedRandom(draws))
        try expect(request.body, equals: row.http_body)

        for layer in try row.layers.elements {
            try layer.for.text == "destination" ? () : peelable(try layer.plaintext.bytes, layer)
        }
        let reply: OnionReply
        if isServer {
            reply = try request.reader.read(try row.reply.body_hex.bytes)
            let expected = try ServerResponseV4(decoding: Array(try row.reply.inner_plaintext.text.utf8))
            expect(reply.status == expected.code && reply.body == expected.body, row.reply)
        } else {
            reply = try request.reader.read(Array(try row.reply.http_body_base64.text.utf8))
            let expected = try NodeReply(decoding: Array(try row.reply.inner_plaintext.text.utf8))
            expect(reply.status == expected.status && reply.body == expected.body, row.reply)
        }
    }

    private static func peelable(_ plaintext: [UInt8], _ vector: Vector) throws {
        if case .final = try OnionLayer(decrypted: plaintext) { expect(false, vector, "a hop is no destination") }
    }

    private static func oracleRequest(_ row: Vector) throws {
        let input = row["in"]
        let encryption = try encryption(named: input.enc_type)
        let hopRows = try input.hops.elements
        let hops = try hopRows.map { try node(ed25519: $0.ed25519_pubkey, x25519: $0.x25519_pubkey) }
        let isServer = input.destination.host.isPresent
        let destination: Destination =
            try isServer
            ? server(input.destination, key: input.destination.x25519_pubkey)
            : .serviceNode(node(ed25519: input.destination.ed25519_pubkey, x25519: input.destination.x25519_pubkey))
        let draws = try input.layers_innermost_first.elements.flatMap {
            [try $0.ephemeral_x25519_seckey.bytes, try $0.nonce.bytes]
        }
        let random = QueuedRandom(draws)
        let request = try OnionRequest(
            try input.payload.bytes, to: destination, through: hops,
            target: isServer ? try input.destination.target.text : OnionRequest.serverTarget, encryption: encryption,
            random: random)
        expect(random.isExhausted, row, "not every draw was used")
        try expect(request.body, equals: row.out.request)
        try peel(request.body, row, hopRows, isServer: isServer)
        try oracleReply(row, encryption)
    }

    /// Peels the request as the nodes do, and opens it as the destination does.
    private static func peel(_ body: [UInt8], _ row: Vector, _ hops: [Vector], isServer: Bool) throws {
        var entry = try OnionEntry(decoding: body)
        for (hop, expected) in zip(hops, try row.out.peeled.elements) {
            try expect(entry.seal.ephemeralKey.hex, equals: expected.ephemeral_pubkey)
            let plaintext = try entry.seal.open(entry.ciphertext, with: try hop.x25519_seckey.x25519Pair)
            try expect(
                String(decoding: OnionEnvelope(decoding: plaintext).control, as: UTF8.self),
                equals: expected.control_json_text)
            switch try OnionLayer(decrypted: plaintext) {
            case .relay(_, let seal, let ciphertext):
                expect(Int64(ciphertext.count) == (try expected.inner_blob_length.integer), expected)
                entry = OnionEntry(seal: seal, ciphertext: ciphertext)
            case .server(let delivery):
                entry = try OnionEntry(decoding: delivery.body)
            case .final:
                return expect(false, row, "the destination came too early")
            }
        }
        let seed = try row["in"].destination_seed.ed25519Pair
        let keys =
            seed.x25519.publicKey.hex == (try row["in"].destination.x25519_pubkey.text)
            ? seed.x25519 : try row["in"].destination_seed.x25519Pair
        try expect(entry.seal.open(entry.ciphertext, with: keys), equals: row.out.plaintext_at_destination)
    }

    private static func oracleReply(_ row: Vector, _ encryption: HopEncryption) throws {
        guard row.response.isPresent else { return }
        let client = try row.out.final_ephemeral_seckey.x25519Pair
        try expect(client.publicKey.hex, equals: row.out.final_ephemeral_pubkey)
        let key = try row["in"].destination.x25519_pubkey.x25519Key
        try expect(
            encryption.open(try row.response.ciphertext.bytes, from: key, to: client), equals: row.response.plaintext)
    }

    private static func oracleLayer(_ row: Vector) throws {
        let input = row["in"]
        let encryption = try encryption(named: input.enc_type)
        let client = try input.client_x25519_seckey.x25519Pair
        let server = try input.node_x25519_seckey.x25519Pair
        let sealed = try encryption.seal(
            try input.message.bytes, from: client, to: server.publicKey, random: QueuedRandom([try input.nonce.bytes]))
        try expect(sealed, equals: row.out.ciphertext)
        try expect(
            encryption.open(sealed, fromClient: client.publicKey, toServer: server), equals: input.message)
        expectRefusal(row.tampered) {
            try encryption.open(
                try row.tampered.ciphertext.bytes, fromClient: client.publicKey, toServer: server)
        }
    }

    private static func node(ed25519: Vector, x25519: Vector) throws -> ServiceNode {
        ServiceNode(
            ed25519Key: try ed25519.ed25519Key, x25519Key: try x25519.x25519Key, address: IPv4Address(value: 0),
            httpsPort: 0, omqPort: 0, version: .init(2, 11, 0), swarmID: .unassigned)
    }

    private static func server(_ row: Vector, key: Vector) throws -> Destination {
        guard let scheme = RoutedServer.Scheme(rawValue: try row["protocol"].text) else {
            throw row["protocol"].notUnderstood("http or https")
        }
        var port: UInt16?
        if row.port.isPresent {
            port = UInt16(exactly: try row.port.integer)
            if port == nil { throw row.port.notUnderstood("a port") }
        }
        return .server(
            RoutedServer(scheme: scheme, host: try row.host.text, port: port, x25519Key: try key.x25519Key))
    }
}
