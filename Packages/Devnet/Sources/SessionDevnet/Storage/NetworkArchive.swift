import SessionCrypto
import SessionInterfaces
import SessionStorage

/// Keys, ports and height of a network, kept so that it comes back as it was.
struct NetworkArchive: Sendable {
    private static let networks = TypedTable<NetworkRecord>("devnet.network")
    private static let nodes = TypedTable<NodeRecord>("devnet.nodes")
    private static let control: StoreTable = "devnet.control"
    private static let networkKey: [UInt8] = [0]

    let store: any Store

    /// The network as it was left, or a new one.
    /// - Throws: `DevnetError(.storeMismatch)` when the one that was left has another shape; `StoreError`.
    func open(_ settings: DevnetSettings, random: any RandomSource) async throws -> StoredNetwork {
        guard let network = try await store.read({ try Self.networks.record(of: Self.networkKey, in: $0) }) else {
            let fresh = StoredNetwork(settings, random: random)
            try await save(fresh)
            return fresh
        }
        guard Int(network.nodeCount) == settings.nodes, Int(network.swarmCount) == settings.swarms else {
            throw DevnetError(
                .storeMismatch,
                "the store holds a network of \(network.nodeCount) nodes in \(network.swarmCount) swarms, "
                    + "not \(settings.nodes) in \(settings.swarms)")
        }
        let nodes = try await store.read { snapshot in
            try (0..<network.nodeCount).map { number in
                guard let node = try Self.nodes.record(of: Self.key(of: number), in: snapshot) else {
                    throw StoreError(.corrupted, "node \(number) of the devnet is missing")
                }
                return node
            }
        }
        return StoredNetwork(network: network, nodes: nodes)
    }

    func save(_ stored: StoredNetwork) async throws {
        try await store.write { transaction in
            try Self.networks.put(stored.network, for: Self.networkKey, in: transaction)
            for (number, node) in stored.nodes.enumerated() {
                try Self.nodes.put(node, for: Self.key(of: UInt16(number)), in: transaction)
            }
        }
    }

    /// What lets who knows it steer the network: random, and the same in every run.
    func controlToken(random: any RandomSource) async throws -> String {
        let fresh = Bytes32 { random.fill($0) }.bytes
        return try await store.write { transaction in
            try transaction.putIfAbsent(fresh, for: Self.networkKey, in: Self.control)
            return Hex.encode(try transaction.value(of: Self.networkKey, in: Self.control) ?? fresh)
        }
    }

    /// Notes a new block, and which swarms nodes are in.
    func save(height: UInt64, swarms: [UInt16: SwarmID] = [:]) async throws {
        try await store.write(durability: .relaxed) { transaction in
            guard var network = try Self.networks.record(of: Self.networkKey, in: transaction) else { return }
            network.height = height
            try Self.networks.put(network, for: Self.networkKey, in: transaction)
            for (number, swarmID) in swarms {
                guard var node = try Self.nodes.record(of: Self.key(of: number), in: transaction) else { continue }
                node.swarmID = swarmID
                try Self.nodes.put(node, for: Self.key(of: number), in: transaction)
            }
        }
    }

    private static func key(of node: UInt16) -> [UInt8] {
        var key = KeyWriter()
        key.integer(node)
        return key.key
    }
}

/// A network as the store has it. A port is 0 until it is known.
struct StoredNetwork: Hashable, Sendable {
    var network: NetworkRecord
    var nodes: [NodeRecord]
}

extension StoredNetwork {
    /// The port of the seed, then of every node.
    var ports: [UInt16] {
        get { [network.seedPort] + nodes.map(\.port) }
        set {
            network.seedPort = newValue[0]
            for (number, port) in newValue.dropFirst().enumerated() { nodes[number].port = port }
        }
    }

    /// A new network: random keys, the nodes dealt to the swarms in turn.
    init(_ settings: DevnetSettings, random: any RandomSource) {
        let swarms = SwarmRing.identifiers(settings.swarms)
        network = NetworkRecord(
            nodeCount: UInt16(settings.nodes), swarmCount: UInt16(settings.swarms), seedPort: 0, height: 1)
        nodes = (0..<settings.nodes).map { number in
            let identity = settings.identities.isEmpty ? nil : settings.identities[number]
            return NodeRecord(
                seed: identity?.seed ?? Bytes32 { random.fill($0) },
                swarmID: identity?.swarmID ?? swarms[number % swarms.count], port: 0)
        }
    }

    /// The identity of every node.
    func identities(_ settings: DevnetSettings) throws -> [NodeIdentity] {
        try nodes.enumerated().map { number, node in
            let keys = try Ed25519KeyPair(seed: SecretBytes(node.seed.bytes))
            let legacyKey = settings.identities.isEmpty ? nil : settings.identities[number].legacyKey
            return NodeIdentity(
                number: UInt16(number), keys: keys, legacyKey: legacyKey ?? keys.publicKey.bytes,
                swarmID: node.swarmID)
        }
    }
}
