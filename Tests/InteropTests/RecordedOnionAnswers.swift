import SessionCrypto
import SessionInterfaces
import SessionOnionPath
import Testing

/// What real nodes and servers answered to onion requests, through our reader and our verdicts. The replays against the
/// devnet read the same files for the requests.
@Suite struct RecordedOnionAnswers {
    @Test(arguments: ["peer-storage-onion", "peer-storage-faults"].filter(VectorDirectory.kinds.contains))
    func ofNodes(kind: String) throws {
        let file = try VectorDirectory.read(kind)
        let tally = Tally()
        try tally.checkEach(file.transcripts) { row in
            guard row.response.status.isPresent, try Self.isOnionRequest(row) else { return }
            if row.request.layers.isPresent, try row.response.status.integer == 200 {
                try Self.readSealed(row, in: file.network)
            } else if row.response.decrypted_text.isPresent {
                expect(try NodeReply(decoding: Array(row.response.decrypted_text.text.utf8)).status == 200, row)
            } else if row.response.body.isPresent, try row.response.status.integer != 200 {
                try Self.judge(row)
            }
        }
        #expect(tally.checked > 0)
    }

    @Test(arguments: ["peer-sogs-onion", "peer-file-onion"].filter(VectorDirectory.kinds.contains))
    func ofServers(kind: String) throws {
        let tally = Tally()
        try tally.checkEach(VectorDirectory.read(kind).transcripts) { row in
            let response = row.response
            if response.decrypted_hex.isPresent {
                let read = try ServerResponseV4(decoding: try response.decrypted_hex.bytes)
                expect(Int64(read.code) == (try response.meta.code.integer), row)
                expect(read.headers.count == response.meta.headers.keys.count, row, "a header field is missing")
                if response.inner_body_len.isPresent {
                    expect(Int64(read.body.count) == (try response.inner_body_len.integer), row)
                }
            } else if response.decrypted_text.isPresent {
                let text = try response.decrypted_text.text
                let read = ServerReplyV3(decoding: Array(text.utf8))
                expect(read.status == 200 && read.body == Array(text.utf8), row)
            } else if response.body.isPresent, try response.status.integer != 200 {
                let answer = try Self.plainAnswer(row)
                let verdict = RoutingVerdict(.refused(answer), in: Self.state(toServer: true))
                expect(verdict.course == .giveUp && !verdict.strikesPath && verdict.strikes.isEmpty, row)
            }
        }
        #expect(tally.checked > 0)
    }

    // MARK: Nodes

    private static func isOnionRequest(_ row: Vector) throws -> Bool {
        guard row.request.http.isPresent else { return false }
        return try row.request.http.text.contains("onion")
    }

    /// Only the innermost layer's secret matters for the answer, so that one hop is enough to make a reader.
    private static func readSealed(_ row: Vector, in network: Vector) throws {
        guard let layer = try row.request.layers.elements.first else { throw row.notUnderstood("layers") }
        let response = row.response
        guard response.body.isPresent || response.body_hex.isPresent else { return }
        let address = try row.request.path.elements.last?.text
        let node = try network.nodes.elements.first { try $0.ip.text == address }
        guard let node, let encryption = HopEncryption(wireName: try layer.enc_type.text) else {
            throw row.notUnderstood("a node of the network and an enc_type")
        }
        let destination = ServiceNode(
            ed25519Key: try node.pubkey_ed25519.ed25519Key, x25519Key: try node.pubkey_x25519.x25519Key,
            address: IPv4Address(value: 0), httpsPort: 0, omqPort: 0, version: .init(2, 8, 0), swarmID: .unassigned)
        let nonce = [UInt8](repeating: 0, count: encryption == .xchacha20 ? 24 : 12)
        let request = try OnionRequest(
            [], to: .serviceNode(destination), through: [destination], encryption: encryption,
            random: QueuedRandom([try layer.eph_sk.bytes, nonce, [UInt8](repeating: 1, count: 32), nonce]))
        let body = try response.body.isPresent ? Array(response.body.text.utf8) : response.body_hex.bytes
        let reply = try request.reader.read(body)
        expect(Int64(reply.status) == (try response.decrypted_json.status.integer), row)
        if let text = try? response.decrypted_json.body.text { expect(reply.body == Array(text.utf8), row) }
        let verdict = RoutingVerdict(reply, in: state(toServer: false))
        expect(verdict.course == .deliver && verdict.strikes.isEmpty, row)
        expect(verdict.advice == (reply.status == 421 ? [.swarmHasChanged] : []), row)
    }

    /// Plain text never has side effects, and never goes uncounted unless nobody on the path is to blame.
    private static func judge(_ row: Vector) throws {
        let answer = try plainAnswer(row)
        let isToServer = row.request.server.isPresent
        let verdict = RoutingVerdict(.refused(answer), in: state(toServer: isToServer))
        expect(verdict.advice.isEmpty, row, "plain text has an effect")
        switch answer.status {
        case 400 where answer.text.hasPrefix("onion request max"):
            expect(verdict.course == .giveUp && !verdict.strikesPath, row)
        case 400: expect(answer.meaning == .requestDamaged && verdict.strikesPath, row)
        case 404: expect(verdict.strikesPath, row)
        case 429: expect(answer.meaning == .rateLimited && verdict.strikes.isEmpty && !verdict.strikesPath, row)
        case 502 where isToServer:
            expect(verdict.course == .giveUp && verdict.error?.code == .destinationUnreachable, row)
        case 502:
            guard case .nextNodeMissing = answer.meaning else { return expect(false, row, "no node is named") }
            expect(verdict.strikes.isEmpty && verdict.strikesPath, row, "a stranger is believed to be at fault")
        case 503: expect(answer.meaning == .guardNotReady && verdict.strikes.count == 1, row)
        case 504: expect(answer.meaning == .nextNodeSilent && verdict.strikesPath, row)
        default: expect(verdict.strikesPath || verdict.course == .giveUp, row, "nobody is held responsible")
        }
    }

    private static func plainAnswer(_ row: Vector) throws -> PlainAnswer {
        guard let status = Int(exactly: try row.response.status.integer) else { throw row.notUnderstood("a status") }
        return PlainAnswer(status: status, body: Array(try row.response.body.text.utf8))
    }

    private static func state(toServer: Bool) -> RoutingState {
        let nodes = (UInt8(1)...4).map { number in
            ServiceNode(
                ed25519Key: Ed25519PublicKey(Bytes32(filledWith: number)),
                x25519Key: X25519PublicKey(Bytes32(filledWith: number)), address: IPv4Address(value: 1), httpsPort: 1,
                omqPort: 1, version: .init(2, 8, 0), swarmID: .unassigned)
        }
        let server = RoutedServer(scheme: .https, host: "example.org", x25519Key: nodes[3].x25519Key)
        return RoutingState(
            path: Array(nodes.prefix(3)), destination: toServer ? .server(server) : .serviceNode(nodes[3]),
            hasChangedEncryption: true)
    }
}

extension Bytes32 {
    fileprivate init(filledWith byte: UInt8) {
        self.init { $0.copyBytes(from: repeatElement(byte, count: Bytes32.byteCount)) }
    }
}
