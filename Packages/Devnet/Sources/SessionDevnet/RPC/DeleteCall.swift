import SessionInterfaces
import SessionSwarm

/// Deletes messages by their hashes, wherever they are. Follows protocol document 02, section 4.8.
struct DeleteCall: SwarmCall {
    let account: AccountKey
    private let hashes: [MessageHash]
    private let isRequired: Bool
    private let signer: Signer

    init(_ parameters: Parameters) throws(RPCAnswer) {
        let hashes = try parameters.strings("messages")
        try parameters.checkStrings("pubkey", "pubkey_ed25519")
        isRequired = try parameters.flag("required") ?? false
        try parameters.checkStrings("signature", "subaccount", "subaccount_sig")
        (account, signer) = try Signer.required(in: parameters)
        self.hashes = try MessageHash.list(hashes)
    }

    func check(at node: StorageNode, forwarded: Bool) async throws {
        guard try await signer.signed(.delete(hashes), for: account, needing: .delete, at: node) else {
            throw RPCAnswer.text(401, "delete_msgs signature verification failed")
        }
    }

    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue] {
        let deleted = try await node.messages.remove(hashes, of: account)
        return [
            "deleted": .hashes(deleted),
            "signature": .string(node.sign(MemberText(account, requested: hashes, affected: deleted).bytes)),
        ]
    }

    func status(of parts: [MemberPart]) -> Int {
        isRequired && parts.allSatisfy { $0.content["deleted"]?.array?.isEmpty ?? true } ? 404 : 200
    }
}

extension MessageHash {
    /// The hashes of a call, which has at least one.
    static func list(_ texts: [String]?) throws(RPCAnswer) -> [MessageHash] {
        guard let texts else { throw .missing("messages") }
        guard !texts.isEmpty else { throw .invalid("messages does not contain any message hashes") }
        var hashes: [MessageHash] = []
        for text in texts {
            guard let hash = MessageHash(text) else { throw .invalid("invalid message hash: \(text)") }
            hashes.append(hash)
        }
        return hashes
    }
}
