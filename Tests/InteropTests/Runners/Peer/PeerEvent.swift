import SessionCrypto
import SessionInterfaces
import SessionSwarm
import SessionTransport
import Testing

@testable import SessionDevnet

/// Transcripts that tell what was done and what came of it, instead of a request and its answer.
struct PeerEvent {
    let file: PeerFile
    let stage: PeerStage

    func replay(_ transcript: JSONValue) async throws -> [String] {
        let request = transcript["request"] ?? .null
        let response = transcript["response"] ?? .null
        switch response {
        case _ where response["first_empty_ms"] != nil: return try await expiry(response)
        case _ where response["copies"] != nil: return try await copies(response)
        case _ where response["accepted"] != nil: return try await rateLimit(request, response)
        case _ where response["missing"] != nil || response["present"] != nil:
            return try await presence(transcript)
        case _
        where response["certificate"] != nil || response["raw_prefix"] != nil
            || response["closed_after_s_without"] != nil:
            return try await PeerConnection(stage: stage).replay(request, response)
        case _ where response["error"] != nil: return try await failure(request)
        case _ where request["headers"] != nil:
            let answer = try await stage.send(
                "POST /storage_rpc/v1", request["headers"]?.object ?? [:], Self.info, to: nil)
            return Int64(answer.status) == response["status"]?.integer ? [] : ["the status is \(answer.status)"]
        default: throw VectorError(description: "no runner understands this")
        }
    }

    private static let info = Array(#"{"method":"info","params":{}}"#.utf8)

    /// A message of 10 s is there until the clean-up, even when its time is over.
    private func expiry(_ response: JSONValue) async throws -> [String] {
        let start = stage.clock.now().milliseconds
        let keys = AccountKeys.generate(from: CryptoRandom())
        let account = try #require(AccountKey(hex: keys.accountID.hex))
        let node = try await stage.node(at: try await member(of: account))
        let document: JSONValue = [
            "method": "store",
            "params": ["pubkey": .string(account.hex), "timestamp": .integer(start), "ttl": 10_000, "data": "eA=="],
        ]
        #expect(try await stage.send("POST /storage_rpc/v1", [:], document.encoded(), to: ip(of: node)).status == 200)
        func count(at moment: Int64) async throws -> Int {
            stage.setClock(moment)
            let signature = keys.ed25519.sign(Array("retrieve\(moment)".utf8))
            let document: JSONValue = [
                "method": "retrieve",
                "params": [
                    "pubkey": .string(account.hex), "pubkey_ed25519": .string(keys.ed25519.publicKey.hex),
                    "timestamp": .integer(moment), "signature": .string(Base64.encode(signature)),
                ],
            ]
            let answer = try await stage.send("POST /storage_rpc/v1", [:], document.encoded(), to: ip(of: node))
            return JSONValue(decoding: answer.body)?["messages"]?.array?.count ?? -1
        }
        let before = try await count(at: start + (response["last_seen_ms"]?.integer ?? 0))
        try await stage.devnet.removeExpiredMessages()
        let after = try await count(at: start + (response["first_empty_ms"]?.integer ?? 0))
        stage.setClock(start)
        return before == 1 && after == 0 ? [] : ["there were \(before) and then \(after) messages"]
    }

    /// The same message stored at all members at once is kept once at each.
    private func copies(_ response: JSONValue) async throws -> [String] {
        let account = try #require(AccountKey(hex: AccountKeys.generate(from: CryptoRandom()).accountID.hex))
        let running = try await stage.devnet.running
        let members = running.context.chain.swarm(of: account).members
        let document: JSONValue = [
            "method": "store",
            "params": [
                "pubkey": .string(account.hex), "timestamp": .integer(stage.clock.now().milliseconds),
                "ttl": 86_400_000, "data": "eA==",
            ],
        ]
        let addresses = try members.map { ip(of: try running.host($0.ed25519Key).node) }
        try await withThrowingTaskGroup(of: Int.self) { group in
            for address in addresses + addresses {
                group.addTask {
                    try await stage.send("POST /storage_rpc/v1", [:], document.encoded(), to: address).status
                }
            }
            for try await status in group { #expect(status == 200) }
        }
        var copies: [JSONValue] = []
        for member in members {
            let all = try await running.host(member.ed25519Key).node.messages.everything()
            copies.append(.integer(Int64(all.count { $0.account == account })))
        }
        return response["copies"] == .array(copies) ? [] : ["the copies are \(copies)"]
    }

    /// A burst is cut off with the recorded answer.
    private func rateLimit(_ request: JSONValue, _ response: JSONValue) async throws -> [String] {
        let node = try await stage.node(at: nil)
        for _ in 0..<20 {
            while node.limiter?.admits("127.0.0.1") ?? false {}
            let answers = try await withThrowingTaskGroup(of: PeerStage.Answer.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await stage.send("POST /storage_rpc/v1", [:], Self.info, to: nil) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            if let refused = answers.first(where: { $0.status != 200 }) {
                return PeerReplay.differences(response, refused, isOwnRequest: false)
            }
        }
        return ["no request was refused"]
    }

    /// The connection is refused, or breaks, or is told that it sends too much.
    private func failure(_ request: JSONValue) async throws -> [String] {
        let size = Int(request["body_bytes_len"]?.integer ?? 0)
        let down = try await stage.devnet.status().nodes.first { $0.faults.contains(.down) }
        let node = try await stage.devnet.running.nodes.first { $0.key == down?.key }
        guard size > 0 || node != nil else { throw VectorError(description: "no node is down") }
        let http = request["http"]?.string ?? "POST /storage_rpc/v1"
        let body = [UInt8](repeating: 0x78, count: size)
        do {
            let answer = try await stage.send(http, [:], body, to: size > 0 ? nil : node.map(ip))
            return answer.status == 413 && size > 0 ? [] : ["the status is \(answer.status)"]
        } catch let error as TransportError {
            return size > 0 || error.code == .unreachable ? [] : ["\(error)"]
        }
    }

    private func ip(of node: StorageNode) -> String {
        file.nodes.first { $0.keys.publicKey == node.key }?.ip ?? ""
    }

    private func member(of account: AccountKey) async throws -> String {
        let running = try await stage.devnet.running
        let key = try #require(running.context.chain.swarm(of: account).members.first?.ed25519Key)
        return ip(of: try running.host(key).node)
    }
}

/// Whether a node that was away holds what it missed.
extension PeerEvent {
    private func presence(_ transcript: JSONValue) async throws -> [String] {
        let expected = transcript["response"]?["present"]?.bool ?? !(transcript["response"]?["missing"]?.bool ?? true)
        let earlier = file.transcripts.prefix { $0["id"] != transcript["id"] }
        if transcript["response"]?["missing"] != nil {
            let failed = try #require(earlier.last { Self.silentMember($0) != nil })
            let key = try #require(Self.silentMember(failed))
            try await stage.devnet.clearFaults(of: key)
            let document = JSONValue(decoding: Array((failed["request"]?["body_text"]?.string ?? "").utf8)) ?? .null
            let exchange = try #require(PeerExchange.list(0, document, status: 200, body: .null).first)
            let (hash, account) = (try #require(exchange.storedHash), try #require(exchange.account))
            let table = try await stage.devnet.running.host(key).node.messages
            return try await holds(expected) { try await !table.expiries(of: [hash], account).isEmpty }
        }
        let moved = try #require(
            try await stage.devnet.running.nodes.first { $0.key == lastAsked(earlier.reversed()) })
        if (transcript["what"]?.string ?? "").contains("rejoin") {
            try await stage.devnet.clearFaults(of: moved.key)
            try await stage.devnet.moveNode(moved.key, to: moved.identity.swarmID)
        }
        return try await holds(expected) { try await self.isComplete(moved) }
    }

    /// The node to which the newest of these transcripts was sent that changed its swarm.
    private func lastAsked(_ transcripts: [JSONValue]) -> Ed25519PublicKey? {
        let asked = transcripts.lazy.compactMap { transcript -> String? in
            let status = transcript["response"]?["status"]?.integer
            return status == 421 || status == 503 ? transcript["request"]?["to"]?.string : nil
        }
        // After a change of the hard fork every node answers 503; the one that moved was asked before.
        let addresses = asked.map { String($0.prefix { $0 != ":" }) }
        let address = addresses.first { $0 != file.nodes[0].ip }
        return file.nodes.first { $0.ip == address }?.keys.publicKey
    }

    /// Whether a node has everything that the other members of its swarm have of their swarm.
    private func isComplete(_ node: StorageNode) async throws -> Bool {
        let running = try await stage.devnet.running
        let own = Set(try await node.messages.everything().map(\.message.hash))
        var others: Set<MessageHash> = []
        for member in running.nodes where member.key != node.key {
            for gift in try await member.messages.everything() {
                let members = running.context.chain.swarm(of: gift.account).members.map(\.ed25519Key)
                if members.contains(node.key), members.contains(member.key) { others.insert(gift.message.hash) }
            }
        }
        return !others.isEmpty && others.isSubset(of: own)
    }

    /// What was asked of a silent node is done soon after it is back.
    private func holds(_ expected: Bool, _ condition: () async throws -> Bool) async throws -> [String] {
        for _ in 0..<100 where try await condition() != expected { try await Task.sleep(for: .milliseconds(20)) }
        return try await condition() == expected ? [] : ["that the node holds the message is \(!expected)"]
    }

    private static func silentMember(_ transcript: JSONValue) -> Ed25519PublicKey? {
        transcript["response"]?["body_json"]?["swarm"]?.object?.first { $0.value["timeout"] != nil }
            .flatMap { Ed25519PublicKey(hex: $0.key) }
    }
}
