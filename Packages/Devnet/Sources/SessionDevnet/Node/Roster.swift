import SessionInterfaces
import Synchronization

/// The nodes that are up. Swarm members reach each other through it.
final class Roster: Sendable {
    private let nodes = Mutex<[Ed25519PublicKey: StorageNode]>([:])

    func running(_ key: Ed25519PublicKey) -> StorageNode? {
        nodes.withLock { $0[key] }
    }

    func insert(_ node: StorageNode) {
        nodes.withLock { $0[node.key] = node }
    }

    func remove(_ key: Ed25519PublicKey) {
        nodes.withLock { $0[key] = nil }
    }

    func removeAll() {
        nodes.withLock { $0 = [:] }
    }
}
