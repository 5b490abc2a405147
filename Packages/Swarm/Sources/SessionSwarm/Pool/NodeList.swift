public import SessionInterfaces

/// The list of all service nodes: the question for it and the reading of the answer.
/// Follows protocol document 02, sections 1.1 and 1.3.
public enum NodeList {
    /// More records than this are not a list of service nodes.
    public static let maximumCount = 20_000

    /// The parameters of the question. All nodes are asked for: a part of the list would distort the swarms.
    static let parameters: JSONValue = [
        "active_only": true,
        "fields": [
            "public_ip": true, "storage_port": true, "pubkey_x25519": true, "pubkey_ed25519": true,
            "requested_unlock_height": true, "height": true, "swarm_id": true, "storage_lmq_port": true,
            "storage_server_version": true,
        ],
    ]

    /// The question as a seed takes it.
    static func seedDocument() throws(SwarmError) -> [UInt8] {
        try JSONDocument.encode(
            ["jsonrpc": "2.0", "method": "get_n_service_nodes", "params": parameters] as JSONValue)
    }

    /// The usable nodes of an answer, each once. A seed and a node wrap the list alike.
    /// - Throws: `SwarmError(.malformedAnswer)` when there is no list, or no usable node in it.
    public static func nodes(in body: [UInt8]) throws(SwarmError) -> [ServiceNode] {
        guard let records = try JSONValue(json: body)["result"]?["service_node_states"]?.array else {
            throw SwarmError(.malformedAnswer, "the answer has no list of service nodes")
        }
        guard records.count <= maximumCount else {
            throw SwarmError(.malformedAnswer, "the list has \(records.count) service nodes")
        }
        var keys: Set<Ed25519PublicKey> = []
        keys.reserveCapacity(records.count)
        let nodes = records.compactMap { NodeRecord.node($0) }.filter { keys.insert($0.ed25519Key).inserted }
        guard !nodes.isEmpty else { throw SwarmError(.malformedAnswer, "the list has no usable service node") }
        return nodes
    }
}
