/// The node's version and clock. Follows protocol document 02, section 4.16.
struct InfoCall: StorageCall {
    init(_ parameters: Parameters) {}

    func answer(at node: StorageNode) -> RPCAnswer {
        let version = node.network.chain.version
        return .json(
            node.stamped([
                "version": .version(version), "timestamp": .integer(node.network.clock.now().milliseconds),
            ]))
    }
}
