/// The node's version and clock. Follows protocol document 02, section 4.16.
struct InfoCall: StorageCall {
    init(_ parameters: Parameters) {}

    func answer(at node: StorageNode) -> RPCAnswer {
        .json(
            node.stamped([
                "version": .version(node.network.chain.version), "timestamp": .integer(node.now.milliseconds),
            ]))
    }
}
