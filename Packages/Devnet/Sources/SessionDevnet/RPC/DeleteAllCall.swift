import SessionInterfaces
import SessionSwarm

/// Deletes everything in a namespace, or in all. Follows protocol document 02, section 4.9.
struct DeleteAllCall: SwarmCall {
    let account: AccountKey
    private let scope: SignedText.Scope
    private let signedAt: Timestamp
    private let signer: Signer

    init(_ parameters: Parameters) throws(RPCAnswer) {
        scope = try parameters.scope() ?? .namespace(.messages)
        try parameters.checkStrings("pubkey", "pubkey_ed25519", "signature", "subaccount", "subaccount_sig")
        let timestamp = try parameters.timestamp("timestamp")
        (account, signer) = try Signer.required(in: parameters)
        guard let timestamp else { throw .missing("timestamp") }
        signedAt = timestamp
    }

    func check(at node: StorageNode, forwarded: Bool) async throws {
        guard node.isNow(signedAt, within: SignatureTime.tolerance(forwarded: forwarded)) else {
            throw RPCAnswer.text(406, "delete_all timestamp too far from current time")
        }
        let text = SignedText.deleteAll(scope, at: signedAt)
        guard try await signer.signed(text, for: account, needing: .delete, at: node) else {
            throw RPCAnswer.text(401, "delete_all signature verification failed")
        }
    }

    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue] {
        let deleted = try await node.messages.removeAll(of: account, in: scope.namespace)
        return [
            "deleted": .hashes(deleted, in: scope),
            "signature": .string(node.sign(MemberText(account, signedAt, affected: deleted.map(\.hash)).bytes)),
        ]
    }
}

/// Deletes what bears a time up to a certain one. Follows protocol document 02, section 4.10.
struct DeleteBeforeCall: SwarmCall {
    let account: AccountKey
    private let scope: SignedText.Scope
    private let before: Timestamp
    private let signer: Signer

    init(_ parameters: Parameters) throws(RPCAnswer) {
        let before = try parameters.timestamp("before")
        scope = try parameters.scope() ?? .namespace(.messages)
        try parameters.checkStrings("pubkey", "pubkey_ed25519", "signature", "subaccount", "subaccount_sig")
        (account, signer) = try Signer.required(in: parameters)
        guard let before else { throw .missing("before") }
        self.before = before
    }

    func check(at node: StorageNode, forwarded: Bool) async throws {
        guard before <= node.now + SignatureTime.tolerance(forwarded: forwarded) else {
            throw RPCAnswer.text(401, "delete_before timestamp too far in the future")
        }
        let text = SignedText.deleteBefore(scope, before)
        guard try await signer.signed(text, for: account, needing: .delete, at: node) else {
            throw RPCAnswer.text(401, "delete_before signature verification failed")
        }
    }

    /// Servers of every generation do this for all namespaces and then stumble over what they deleted.
    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue] {
        let deleted = try await node.messages.removeAll(of: account, in: scope.namespace, datedUpTo: before)
        if scope == .all, !deleted.isEmpty { throw RPCAnswer.text(500, "request failed") }
        return [
            "deleted": .hashes(deleted, in: scope),
            "signature": .string(node.sign(MemberText(account, before, affected: deleted.map(\.hash)).bytes)),
        ]
    }
}
