import SessionInterfaces

/// The list of all service nodes: the question for it and the reading of the answer.
/// Follows protocol document 02, sections 1.1 and 1.3.
enum NodeList {
    /// More records than this are not a list of service nodes.
    static let maximumCount = 20_000

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
    static func nodes(in body: [UInt8]) throws(SwarmError) -> [ServiceNode] {
        let records = try JSONDocument.decode(OxendAnswer<Records>.self, from: body).result.nodes
        guard records.count <= maximumCount else {
            throw SwarmError(.malformedAnswer, "the list has \(records.count) service nodes")
        }
        var keys: Set<Ed25519PublicKey> = []
        let nodes = records.compactMap { $0.value?.node }.filter { keys.insert($0.ed25519Key).inserted }
        guard !nodes.isEmpty else { throw SwarmError(.malformedAnswer, "the list has no usable service node") }
        return nodes
    }

    private struct Records: Decodable, Sendable {
        let nodes: [Tolerant<NodeRecord>]

        private enum CodingKeys: String, CodingKey {
            case nodes = "service_node_states"
        }
    }
}
