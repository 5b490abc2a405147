/// Which nodes serve an account; any node knows. Follows protocol document 02, section 3.2.
struct SwarmLookUpCall: StorageCall {
    private let account: AccountKey

    init(_ parameters: Parameters) throws(RPCAnswer) {
        try parameters.checkStrings("pubKey", "pubkey")
        guard let name = try parameters.one(of: "pubkey", "pubKey") else { throw .missing("pubkey") }
        account = try parameters.account(name, orRefuse: "Pubkey must be 66 hex digits/33 bytes long")
    }

    func answer(at node: StorageNode) -> RPCAnswer {
        .json(node.stamped(node.network.chain.swarmDescription(of: account)))
    }
}
