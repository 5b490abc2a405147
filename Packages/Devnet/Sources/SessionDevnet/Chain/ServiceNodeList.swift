import SessionInterfaces
import SessionSwarm

/// The question for the list of service nodes. Follows protocol document 02, section 1.3.
struct ServiceNodeList {
    private let fields: FieldFilter
    private let limit: Int64
    private let keys: Set<String>
    private let polledHash: String?
    private let isActiveOnly: Bool

    init(_ parameters: [String: JSONValue]) {
        fields = FieldFilter(parameters["fields"])
        limit = parameters["limit"]?.integer ?? 0
        keys = Set((parameters["service_node_pubkeys"]?.array ?? []).compactMap { $0.string?.lowercased() })
        polledHash = parameters["poll_block_hash"]?.string
        isActiveOnly = parameters["active_only"]?.bool ?? false
    }

    func answer(for chain: Chain, random: any RandomSource) -> JSONValue {
        let hash = chain.blockHash
        var answer = fields.filter(Self.header(of: chain, blockHash: hash))
        answer["status"] = "OK"
        if let polledHash, !polledHash.isEmpty {
            answer["unchanged"] = .bool(polledHash == hash)
            guard polledHash != hash else { return .object(answer) }
            answer["block_hash"] = .string(hash)
        }
        let nodes = selection(of: chain.nodes, random: random).compactMap { chain.listing(of: $0.ed25519Key) }
        answer["service_node_states"] = .array(nodes.map { .object(fields.filter(Self.description(of: $0))) })
        return .object(answer)
    }

    /// A positive limit means that many at random, a negative one all in random order.
    private func selection(of all: [ServiceNode], random: any RandomSource) -> [ServiceNode] {
        let nodes = all.filter {
            (keys.isEmpty || keys.contains($0.ed25519Key.hex)) && ($0.swarmID != .unassigned || !isActiveOnly)
        }
        guard limit != 0 else { return nodes }
        var generator = random.generator
        return Array(nodes.shuffled(using: &generator).prefix(limit > 0 ? Int(limit) : .max))
    }

    private static func header(of chain: Chain, blockHash: String) -> [String: JSONValue] {
        let height = JSONValue(chain.height)
        return [
            "height": height, "target_height": height, "block_hash": .string(blockHash),
            "hardfork": .integer(Int64(chain.hardFork.number)),
            "snode_revision": .integer(Int64(chain.hardFork.revision)),
        ]
    }

    private static func description(of listing: Chain.Listing) -> [String: JSONValue] {
        let node = listing.node
        return [
            "service_node_pubkey": .string(listing.legacyKey.hex),
            "pubkey_ed25519": .string(node.ed25519Key.hex),
            "pubkey_x25519": .string(node.x25519Key.hex),
            "public_ip": .string(node.address.description),
            "storage_port": .integer(Int64(node.httpsPort)),
            "storage_lmq_port": .integer(Int64(node.omqPort)),
            "storage_server_version": .version(node.version),
            "swarm_id": JSONValue(node.swarmID.rawValue),
            "swarm": .string(node.swarmID.hex),
            "requested_unlock_height": 0,
            "funded": true,
            "active": .bool(node.swarmID != .unassigned),
        ]
    }
}

/// Which members an answer shall have: a list of names, or an object of names and booleans.
private struct FieldFilter {
    private var wanted: Set<String>?
    private var unwanted: Set<String> = []

    init(_ value: JSONValue?) {
        switch value {
        case .array(let names):
            for name in names.compactMap(\.string) { add(name) }
        case .object(let flags):
            for (name, flag) in flags where flag == true { add(name) }
        default: break
        }
        if wanted?.contains("all") == true { wanted = nil }
    }

    private mutating func add(_ name: String) {
        if name.hasPrefix("-") {
            unwanted.insert(String(name.dropFirst()))
        } else {
            wanted = (wanted ?? []).union([name])
        }
    }

    func filter(_ members: [String: JSONValue]) -> [String: JSONValue] {
        members.filter { (wanted?.contains($0.key) ?? true) && !unwanted.contains($0.key) }
    }
}
