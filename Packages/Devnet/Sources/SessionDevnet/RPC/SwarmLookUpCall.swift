/// Which nodes serve an account; any node knows. Follows protocol document 02, section 3.2.
struct SwarmLookUpCall: StorageCall {
    private let account: AccountKey

    init(_ parameters: Parameters) throws(RPCAnswer) {
        guard let text = try parameters.string("pubkey", or: "pubKey") else {
            throw .invalid("Required field 'pubkey' missing")
        }
        guard let account = AccountKey(hex: text) else {
            throw .invalid("Pubkey must be 66 hex digits/33 bytes long")
        }
        self.account = account
    }

    func answer(at node: StorageNode) -> RPCAnswer {
        .json(node.stamped(node.network.chain.swarmDescription(of: account)))
    }
}
