import SessionInterfaces
import SessionSwarm

/// A call that every member of the account's swarm carries out. Follows protocol document 02, section 4.5.
protocol SwarmCall: StorageCall {
    var account: AccountKey { get }

    /// Checks time and signature, as the node that was asked and as each member does.
    /// - Parameter forwarded: Whether another member has passed the call on, which takes time.
    /// - Throws: `RPCAnswer` when the call is refused.
    func check(at node: StorageNode, forwarded: Bool) async throws

    /// Carries the call out at one member; the result includes the member's signature.
    /// - Parameter flag: How this member writes a flag that is set.
    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue]

    /// The members of the answer besides `swarm`, `t` and `hf`; asked for when the node's own part succeeded.
    var additions: [String: JSONValue] { get }

    /// Whether the node that was asked notes the time in its own part.
    var ownPartBearsTime: Bool { get }

    /// The status of an answer with these parts.
    func status(of parts: [MemberPart]) -> Int
}

extension SwarmCall {
    var additions: [String: JSONValue] { [:] }
    var ownPartBearsTime: Bool { false }
    func status(of parts: [MemberPart]) -> Int { 200 }

    func answer(at node: StorageNode) async throws -> RPCAnswer {
        try await begin(at: node).value
    }

    func begin(at node: StorageNode) async throws -> BegunAnswer {
        let peers = try node.peers(for: account)
        try await check(at: node, forwarded: false)
        let others = Task { await parts(ofPeers: peers, askedBy: node) }
        let own = try await ownPart(at: node)
        return .later(others) { answer(at: node, of: [own] + $0) }
    }

    private func answer(at node: StorageNode, of parts: [MemberPart]) -> RPCAnswer {
        var answer = parts[0].hasFailed ? [:] : additions
        answer["swarm"] = .object(Dictionary(parts.map { ($0.key.hex, .object($0.content)) }) { first, _ in first })
        let allFailed = node.network.generation.noticesTotalFailure && parts.allSatisfy(\.hasFailed)
        return RPCAnswer(status: allFailed ? 500 : status(of: parts), body: .json(node.stamped(answer)))
    }

    private func parts(ofPeers peers: [Ed25519PublicKey], askedBy node: StorageNode) async -> [MemberPart] {
        await withTaskGroup(of: MemberPart.self) { group in
            for peer in peers {
                group.addTask { await part(ofPeer: peer, askedBy: node) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// - Throws: `RPCAnswer` when the node is unable to answer although it did its part.
    private func ownPart(at node: StorageNode) async throws -> MemberPart {
        var content: [String: JSONValue]
        do {
            content = try await part(at: node, flag: true)
        } catch let refusal as RPCAnswer {
            throw refusal
        } catch {
            content = ["failed": true, "query_failure": true, "reason": .string(Self.reason(error))]
        }
        if ownPartBearsTime { content["t"] = .integer(node.now.milliseconds) }
        return MemberPart(key: node.key, content: content)
    }

    /// What a peer makes of the call. Peers answer in bencoding, which knows no booleans: their flags are the number 1.
    private func part(ofPeer key: Ed25519PublicKey, askedBy node: StorageNode) async -> MemberPart {
        let timeout: [String: JSONValue] = ["failed": true, "timeout": true]
        let content = await node.ask(key) { peer -> [String: JSONValue] in
            do {
                try await check(at: peer, forwarded: true)
                return try await part(at: peer, flag: 1)
            } catch let refusal as RPCAnswer {
                return ["failed": true, "code": .integer(Int64(refusal.status)), "reason": refusal.bodyValue]
            } catch {
                return ["failed": 1, "query_failure": 1, "reason": .string(Self.reason(error))]
            }
        }
        return MemberPart(key: key, content: content ?? timeout)
    }

    private static func reason(_ error: any Error) -> String {
        (error as? QueryFailure)?.message ?? "\(error)"
    }
}

/// What one member has to say about a call.
struct MemberPart: Sendable {
    let key: Ed25519PublicKey
    let content: [String: JSONValue]

    var hasFailed: Bool { content["failed"] != nil }
}

/// How far the time of a signature may be from the node's clock, in either direction.
enum SignatureTime {
    static let tolerance = Duration.seconds(60)
    /// For a call that another member passes on.
    static let forwardedTolerance = Duration.seconds(70)

    static func tolerance(forwarded: Bool) -> Duration { forwarded ? forwardedTolerance : tolerance }
}
