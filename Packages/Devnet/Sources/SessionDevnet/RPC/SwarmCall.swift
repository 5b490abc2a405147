import SessionInterfaces
import SessionSwarm

/// A call that every member of the account's swarm carries out. Follows protocol document 02, section 4.5.
protocol SwarmCall: StorageCall {
    var account: AccountKey { get }

    /// Checks time and signature, as the node that was asked and as each member does.
    /// - Parameter tolerance: How far the time of a signature may be off.
    func check(at node: StorageNode, tolerance: Duration) throws(RPCAnswer)

    /// Carries the call out at one member; the result includes the member's signature.
    /// - Parameter flag: How this member writes a flag that is set.
    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue]

    /// Members of the answer besides `swarm`, `t` and `hf`.
    var additions: [String: JSONValue] { get }
}

extension SwarmCall {
    var additions: [String: JSONValue] { [:] }

    func answer(at node: StorageNode) async throws -> RPCAnswer {
        let members = try node.requireSwarm(of: account)
        try check(at: node, tolerance: SignatureTime.tolerance)
        let parts = await withTaskGroup(of: MemberPart.self) { group in
            for member in members where member.ed25519Key != node.key {
                group.addTask { await part(ofPeer: member.ed25519Key, askedBy: node) }
            }
            group.addTask { await ownPart(at: node) }
            return await group.reduce(into: [MemberPart]()) { $0.append($1) }
        }
        var answer = additions
        answer["swarm"] = .object(Dictionary(parts.map { ($0.key.hex, .object($0.content)) }) { first, _ in first })
        let failed = parts.allSatisfy { $0.content["failed"] != nil }
        return RPCAnswer(status: failed ? 500 : 200, body: .json(node.stamped(answer)))
    }

    private func ownPart(at node: StorageNode) async -> MemberPart {
        var content: [String: JSONValue]
        do {
            content = try await part(at: node, flag: true)
        } catch {
            content = ["failed": true, "query_failure": true, "reason": .string("\(error)")]
        }
        content["t"] = .integer(node.network.clock.now().milliseconds)
        return MemberPart(key: node.key, content: content)
    }

    /// A peer answers in bencoding, which knows no booleans: its flags arrive as the number 1.
    private func part(ofPeer key: Ed25519PublicKey, askedBy node: StorageNode) async -> MemberPart {
        guard let peer = node.network.roster.running(key) else {
            try? await Task.sleep(for: node.network.settings.memberTimeout)
            return MemberPart(key: key, content: ["failed": true, "timeout": true])
        }
        do {
            try check(at: peer, tolerance: SignatureTime.forwardedTolerance)
            return MemberPart(key: key, content: try await part(at: peer, flag: 1))
        } catch let refusal as RPCAnswer {
            return MemberPart(key: key, content: refusal.failure)
        } catch {
            return MemberPart(
                key: key, content: ["failed": 1, "query_failure": 1, "reason": .string("\(error)")])
        }
    }
}

private struct MemberPart {
    let key: Ed25519PublicKey
    let content: [String: JSONValue]
}

extension RPCAnswer {
    /// How the refusal of one member stands in the answer of another.
    fileprivate var failure: [String: JSONValue] {
        let reason: JSONValue =
            switch body {
            case .json(let value): value
            case .text(let text): .string(text)
            }
        return ["failed": true, "code": .integer(Int64(status)), "reason": reason]
    }
}

/// How far the time of a signature may be from the node's clock, in either direction.
enum SignatureTime {
    static let tolerance = Duration.seconds(60)
    /// For a call that another member passes on.
    static let forwardedTolerance = Duration.seconds(70)
}
