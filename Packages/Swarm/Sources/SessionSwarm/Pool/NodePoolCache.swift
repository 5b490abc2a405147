import SessionCrypto
import SessionInterfaces

/// Keeps a network's list of nodes and their strikes in a store, so that the next run starts with them.
///
/// What is kept is believed no more than an answer: a record that is damaged, of another version or implausible reads as
/// none, and the pool starts afresh. Follows protocol document 02, section 1.5.
struct NodePoolCache: Sendable {
    /// What an earlier run left behind.
    struct Content: Sendable {
        let nodes: [ServiceNode]
        let updatedAt: Timestamp
        let strikes: [Ed25519PublicKey: [Timestamp]]
    }

    static let nodesTable: StoreTable = "swarm.nodes"
    static let strikesTable: StoreTable = "swarm.strikes"

    private let store: any Store
    /// Tells networks apart, also local ones of the same name.
    private let key: [UInt8]
    private let policy: NodePoolPolicy

    init(_ store: any Store, network: Network, policy: NodePoolPolicy) {
        self.store = store
        self.policy = policy
        let seeds = network.seeds.map(\.origin).joined(separator: "\n")
        key = BLAKE2b.hash32(Array(network.name.utf8), [0], Array(seeds.utf8)).bytes
    }

    /// Nil when nothing usable is there.
    func load(at now: Timestamp) async -> Content? {
        let key = key
        let records = try? await store.read { snapshot in
            (
                nodes: try snapshot.value(of: key, in: Self.nodesTable),
                strikes: try snapshot.value(of: key, in: Self.strikesTable)
            )
        }
        guard let record = records?.nodes, let (updatedAt, nodes) = NodeListRecord.decode(record) else { return nil }
        let strikes = records?.strikes.flatMap { StrikesRecord.decode($0) } ?? [:]
        return Content(
            nodes: nodes,
            // A list from the future is one from a wrong clock: as good as old.
            updatedAt: updatedAt <= now ? updatedAt : Timestamp(milliseconds: 0),
            strikes: strikes.mapValues { moments in
                moments.filter { $0 <= now && now - $0 < policy.strikeLifetime }.suffix(policy.strikeLimit)
            }.filter { !$0.value.isEmpty })
    }

    /// A failure is no matter: the next run asks the seeds.
    func save(_ nodes: [ServiceNode], updatedAt: Timestamp, _ strikes: [Ed25519PublicKey: [Timestamp]]) async {
        let (key, list, strikes) = (
            key, NodeListRecord.encode(nodes, updatedAt: updatedAt), StrikesRecord.encode(strikes)
        )
        try? await store.write(durability: .relaxed) { transaction in
            try transaction.put(list, for: key, in: Self.nodesTable)
            try transaction.put(strikes, for: key, in: Self.strikesTable)
        }
    }

    func save(_ strikes: [Ed25519PublicKey: [Timestamp]]) async {
        let (key, record) = (key, StrikesRecord.encode(strikes))
        try? await store.write(durability: .relaxed) { try $0.put(record, for: key, in: Self.strikesTable) }
    }
}

/// A list of nodes as bytes: version, moment, number of nodes, 86 bytes for each, and a digest of all that.
enum NodeListRecord {
    private static let version: UInt8 = 1

    static func encode(_ nodes: [ServiceNode], updatedAt: Timestamp) -> [UInt8] {
        var bytes: [UInt8] = [version]
        ActiveNodes.append(updatedAt.milliseconds, to: &bytes)
        ActiveNodes.append(UInt32(clamping: nodes.count), to: &bytes)
        for node in nodes.prefix(Int(UInt32.max)) {
            bytes += node.ed25519Key.bytes.bytes
            bytes += node.x25519Key.bytes.bytes
            ActiveNodes.append(node.swarmID.rawValue, to: &bytes)
            ActiveNodes.append(node.address.value, to: &bytes)
            for number in [
                node.httpsPort, node.omqPort, node.version.major, node.version.minor, node.version.patch,
            ] { ActiveNodes.append(number, to: &bytes) }
        }
        return bytes + BLAKE2b.hash32(bytes).bytes
    }

    /// Nil for anything but a whole and undamaged record of plausible nodes.
    static func decode(_ bytes: [UInt8]) -> (updatedAt: Timestamp, nodes: [ServiceNode])? {
        let content = Array(bytes.dropLast(Bytes32.byteCount))
        guard BLAKE2b.hash32(content).bytes.elementsEqual(bytes.suffix(Bytes32.byteCount)) else { return nil }
        var fields = RecordFields(content[...])
        guard fields.number(UInt8.self) == version, let moment = fields.number(Int64.self),
            let updatedAt = Timestamp(plausible: .integer(moment)), let count = fields.number(UInt32.self),
            (1...NodeList.maximumCount).contains(Int(count))
        else { return nil }
        var nodes: [ServiceNode] = []
        var keys: Set<Ed25519PublicKey> = []
        for _ in 0..<count {
            guard let node = node(&fields), keys.insert(node.ed25519Key).inserted else { return nil }
            nodes.append(node)
        }
        return fields.isAtEnd ? (updatedAt, nodes) : nil
    }

    private static func node(_ fields: inout RecordFields) -> ServiceNode? {
        guard let ed25519Key = fields.bytes32().map({ Ed25519PublicKey($0) }),
            let x25519Key = fields.bytes32().map({ X25519PublicKey($0) }), let swarm = fields.number(UInt64.self),
            let address = fields.number(UInt32.self), address != 0, let httpsPort = fields.number(UInt16.self),
            httpsPort != 0, let omqPort = fields.number(UInt16.self), let major = fields.number(UInt16.self),
            let minor = fields.number(UInt16.self), let patch = fields.number(UInt16.self),
            KeyTwins.areTwins(ed25519Key, x25519Key)
        else { return nil }
        return ServiceNode(
            ed25519Key: ed25519Key, x25519Key: x25519Key, address: IPv4Address(value: address), httpsPort: httpsPort,
            omqPort: omqPort, version: .init(major, minor, patch), swarmID: SwarmID(rawValue: swarm))
    }
}

/// Strikes as bytes: version, number of nodes, for each its key, how many strikes it has and when it got them.
enum StrikesRecord {
    private static let version: UInt8 = 1

    static func encode(_ strikes: [Ed25519PublicKey: [Timestamp]]) -> [UInt8] {
        var bytes: [UInt8] = [version]
        ActiveNodes.append(UInt32(clamping: strikes.count), to: &bytes)
        for (key, moments) in strikes {
            bytes += key.bytes.bytes
            let moments = moments.suffix(255)
            bytes.append(UInt8(clamping: moments.count))
            for moment in moments { ActiveNodes.append(moment.milliseconds, to: &bytes) }
        }
        return bytes
    }

    /// Nil for anything but a whole record.
    static func decode(_ bytes: [UInt8]) -> [Ed25519PublicKey: [Timestamp]]? {
        var fields = RecordFields(bytes[...])
        guard fields.number(UInt8.self) == version, let count = fields.number(UInt32.self),
            count <= NodeList.maximumCount
        else { return nil }
        var strikes: [Ed25519PublicKey: [Timestamp]] = [:]
        for _ in 0..<count {
            guard let key = fields.bytes32(), let number = fields.number(UInt8.self) else { return nil }
            var moments: [Timestamp] = []
            for _ in 0..<number {
                guard let moment = fields.number(Int64.self).flatMap({ Timestamp(plausible: .integer($0)) }) else {
                    return nil
                }
                moments.append(moment)
            }
            strikes[Ed25519PublicKey(key)] = moments
        }
        return fields.isAtEnd ? strikes : nil
    }
}
