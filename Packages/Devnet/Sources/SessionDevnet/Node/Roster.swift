import SessionInterfaces
import Synchronization

/// The nodes of the network. Swarm members reach each other through it, as long as they are up.
final class Roster: Sendable {
    private let nodes = Mutex<[Ed25519PublicKey: StorageNode]>([:])

    func node(_ key: Ed25519PublicKey) -> StorageNode? {
        nodes.withLock { $0[key] }
    }

    /// The node, if it is up.
    func running(_ key: Ed25519PublicKey) -> StorageNode? {
        node(key).flatMap { $0.condition.has(.down) ? nil : $0 }
    }

    func insert(_ node: StorageNode) {
        nodes.withLock { $0[node.key] = node }
    }

    func removeAll() {
        nodes.withLock { $0 = [:] }
    }
}
