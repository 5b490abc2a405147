import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Synchronization

/// What every node of the network knows: who the nodes are, which swarm each serves, and how high the chain is.
final class Chain: Sendable {
    let version: ServiceNode.Version
    private let state: Mutex<State>

    private struct State {
        var nodes: [Listing] = []
        var byKey: [Ed25519PublicKey: Listing] = [:]
        var swarms = SwarmMap()
        var hardFork: DevnetSettings.HardFork
        var height: UInt64

        mutating func replace(_ nodes: [Listing]) {
            self.nodes = nodes
            byKey = Dictionary(nodes.map { ($0.node.ed25519Key, $0) }) { first, _ in first }
            swarms = SwarmMap(nodes.map(\.node))
        }
    }

    /// A node on the list, and where it really listens, which may differ from what the list says.
    struct Listing: Sendable {
        var node: ServiceNode
        let legacyKey: Bytes32
        let endpoint: Endpoint
    }

    struct Endpoint: Hashable, Sendable {
        let address: IPv4Address
        let port: UInt16
    }

    init(version: ServiceNode.Version, hardFork: DevnetSettings.HardFork, height: UInt64) {
        self.version = version
        state = Mutex(State(hardFork: hardFork, height: height))
    }

    var nodes: [ServiceNode] { state.withLock { $0.nodes.map(\.node) } }
    var swarms: SwarmMap { state.withLock { $0.swarms } }
    var height: UInt64 { state.withLock { $0.height } }

    var hardFork: DevnetSettings.HardFork {
        get { state.withLock { $0.hardFork } }
        set { state.withLock { $0.hardFork = newValue } }
    }

    func node(_ key: Ed25519PublicKey) -> ServiceNode? {
        state.withLock { $0.byKey[key]?.node }
    }

    func listing(of key: Ed25519PublicKey) -> Listing? {
        state.withLock { $0.byKey[key] }
    }

    /// The swarm that serves `account`: its ID and members.
    func swarm(of account: AccountKey) -> (id: SwarmID, members: [ServiceNode]) {
        state.withLock { $0.swarms.swarm(of: account) }
    }

    func replaceNodes(_ nodes: [Listing]) {
        state.withLock { $0.replace(nodes) }
    }

    /// Puts nodes into other swarms, with a new block. Returns the swarms as they were and as they are.
    func assign(_ swarms: [Ed25519PublicKey: SwarmID]) -> (before: SwarmMap, after: SwarmMap) {
        state.withLock { state in
            let before = state.swarms
            state.replace(
                state.nodes.map { listing in
                    var listing = listing
                    if let id = swarms[listing.node.ed25519Key] { listing.node = listing.node.inSwarm(id) }
                    return listing
                })
            state.height += 1
            return (before, state.swarms)
        }
    }

    /// Adds a block; returns the new height.
    @discardableResult
    func advance() -> UInt64 {
        state.withLock { state in
            state.height += 1
            return state.height
        }
    }

    /// The hash of the newest block: made from its height, since no blocks exist.
    var blockHash: String {
        BLAKE2b.hash32(Array("SessionDevnet block \(height)".utf8)).hex
    }
}

/// Which nodes are together in which swarm.
struct SwarmMap: Sendable {
    private var members: [SwarmID: [ServiceNode]] = [:]
    /// Ascending.
    private(set) var ids: [SwarmID] = []

    init() {}

    init(_ nodes: [ServiceNode]) {
        members = Dictionary(grouping: nodes.filter { $0.swarmID != .unassigned }, by: \.swarmID)
        ids = members.keys.sorted()
    }

    func swarm(of account: AccountKey) -> (id: SwarmID, members: [ServiceNode]) {
        guard let id = SwarmMapping.swarm(of: account.mapped, among: ids) else { return (.unassigned, []) }
        return (id, members[id] ?? [])
    }
}

extension ServiceNode {
    fileprivate func inSwarm(_ id: SwarmID) -> ServiceNode {
        ServiceNode(
            ed25519Key: ed25519Key, x25519Key: x25519Key, address: address, httpsPort: httpsPort, omqPort: omqPort,
            version: version, swarmID: id)
    }
}
