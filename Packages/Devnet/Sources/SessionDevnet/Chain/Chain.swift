import SessionCrypto
import SessionInterfaces
import SessionSwarm
import Synchronization

/// What every node of the network knows: who the nodes are, which swarm each serves, and how high the chain is.
final class Chain: Sendable {
    let version: ServiceNode.Version
    let hardFork: DevnetSettings.HardFork
    private let state: Mutex<State>

    private struct State {
        var nodes: [ServiceNode] = []
        var byKey: [Ed25519PublicKey: ServiceNode] = [:]
        var swarms: [SwarmID: [ServiceNode]] = [:]
        /// Ascending.
        var swarmIDs: [SwarmID] = []
        var height: UInt64
    }

    init(version: ServiceNode.Version, hardFork: DevnetSettings.HardFork, height: UInt64) {
        self.version = version
        self.hardFork = hardFork
        state = Mutex(State(height: height))
    }

    var nodes: [ServiceNode] { state.withLock { $0.nodes } }
    var height: UInt64 { state.withLock { $0.height } }

    func node(_ key: Ed25519PublicKey) -> ServiceNode? {
        state.withLock { $0.byKey[key] }
    }

    /// The swarm that serves `account`: its ID and members.
    func swarm(of account: AccountKey) -> (id: SwarmID, members: [ServiceNode]) {
        state.withLock { state in
            guard let id = SwarmMapping.swarm(of: account.mapped, among: state.swarmIDs) else {
                return (.unassigned, [])
            }
            return (id, state.swarms[id] ?? [])
        }
    }

    func replaceNodes(_ nodes: [ServiceNode]) {
        state.withLock { state in
            state.nodes = nodes
            state.byKey = Dictionary(nodes.map { ($0.ed25519Key, $0) }) { first, _ in first }
            state.swarms = Dictionary(grouping: nodes.filter { $0.swarmID != .unassigned }, by: \.swarmID)
            state.swarmIDs = state.swarms.keys.sorted()
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
