import SessionInterfaces
import Synchronization

/// Remembers the X25519 twins of the Ed25519 keys that were converted last.
///
/// Two halves: when the newer is full it becomes the older, whose entries are dropped unless they were used since.
final class ConvertedKeys: Sendable {
    /// Room for the whole public network, twice.
    static let shared = ConvertedKeys(capacity: 8192)

    private struct Halves {
        var newer: [Ed25519PublicKey: X25519PublicKey] = [:]
        var older: [Ed25519PublicKey: X25519PublicKey] = [:]
    }

    private let halfCapacity: Int
    private let halves = Mutex(Halves())

    init(capacity: Int) { halfCapacity = max(capacity / 2, 1) }

    subscript(key: Ed25519PublicKey) -> X25519PublicKey? {
        get {
            halves.withLock { halves in
                if let known = halves.newer[key] { return known }
                guard let known = halves.older[key] else { return nil }
                insert(known, for: key, into: &halves)
                return known
            }
        }
        set {
            guard let newValue else { return }
            halves.withLock { insert(newValue, for: key, into: &$0) }
        }
    }

    /// Never more than the capacity.
    var count: Int { halves.withLock { $0.newer.count + $0.older.count } }

    private func insert(_ converted: X25519PublicKey, for key: Ed25519PublicKey, into halves: inout Halves) {
        if halves.newer.count == halfCapacity {
            halves.older = halves.newer
            halves.newer = [:]
        }
        halves.newer[key] = converted
    }
}
