import SessionInterfaces
import SessionSwarm

/// When messages expire at this node. Follows protocol document 02, section 4.13.
struct ExpiriesCall: StorageCall {
    private let account: AccountKey
    private let hashes: [MessageHash]
    private let signedAt: Timestamp
    private let signer: Signer

    init(_ parameters: Parameters) throws(RPCAnswer) {
        let hashes = try parameters.strings("messages")
        try parameters.checkStrings("pubkey", "pubkey_ed25519", "signature", "subaccount", "subaccount_sig")
        let timestamp = try parameters.timestamp("timestamp")
        (account, signer) = try Signer.required(in: parameters)
        self.hashes = try MessageHash.list(hashes)
        guard let timestamp else { throw .missing("timestamp") }
        signedAt = timestamp
    }

    func answer(at node: StorageNode) async throws -> RPCAnswer {
        try node.requireSwarm(of: account)
        guard node.isNow(signedAt) else {
            throw RPCAnswer.text(406, "get_expiries timestamp too far from current time")
        }
        let text = SignedText.getExpiries(hashes, at: signedAt)
        guard try await signer.signed(text, for: account, needing: .read, at: node) else {
            throw RPCAnswer.text(401, "get_expiries signature verification failed")
        }
        let found = try await node.messages.expiries(of: hashes, account)
        return .json(["expiries": .object(Dictionary(found.map { ($0.text, .integer($1.milliseconds)) }) { $1 })])
    }
}
