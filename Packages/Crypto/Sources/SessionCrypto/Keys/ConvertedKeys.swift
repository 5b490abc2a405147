import Synchronization

/// Remembers the twins of the keys that were converted last.
///
/// Two halves: when the newer is full it becomes the older, whose entries are dropped unless they were used since.
final class ConvertedKeys<Key: Hashable & Sendable, Twin: Sendable>: Sendable {
    private struct Halves {
        var newer: [Key: Twin] = [:]
        var older: [Key: Twin] = [:]
    }

    private let halfCapacity: Int
    private let halves = Mutex(Halves())

    init(capacity: Int) { halfCapacity = max(capacity / 2, 1) }

    /// The twin of `key`, remembered or else made by `convert`. What `convert` throws is not remembered.
    func twin<E: Error>(of key: Key, convert: (Key) throws(E) -> Twin) throws(E) -> Twin {
        if let known = self[key] { return known }
        let converted = try convert(key)
        self[key] = converted
        return converted
    }

    subscript(key: Key) -> Twin? {
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

    private func insert(_ converted: Twin, for key: Key, into halves: inout Halves) {
        if halves.newer.count == halfCapacity {
            halves.older = halves.newer
            halves.newer = [:]
        }
        halves.newer[key] = converted
    }
}
