import SessionInterfaces

/// The nodes of the network as 51-byte records. Follows protocol document 02, section 1.4.
struct NodeListCall: StorageCall {
    init(_ parameters: Parameters) {}

    func answer(at node: StorageNode) -> RPCAnswer {
        RPCAnswer(status: 200, body: .binary(node.network.chain.nodes.flatMap(Self.record)))
    }

    private static func record(of node: ServiceNode) -> [UInt8] {
        var record = node.ed25519Key.bytes.bytes
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.bigEndian) { record.append(contentsOf: $0) }
        }
        append(node.swarmID.rawValue)
        append(node.address.value)
        append(node.httpsPort)
        append(node.omqPort)
        for part in [node.version.major, node.version.minor, node.version.patch] { append(UInt8(clamping: part)) }
        return record
    }
}
