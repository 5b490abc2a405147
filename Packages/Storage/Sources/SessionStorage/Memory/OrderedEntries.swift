import SessionInterfaces

/// An ordered map of binary keys that never changes: every change makes a new one, which shares with the old one all
/// but the path to what is new. So a copy is a snapshot, at no cost.
///
/// It is a weight-balanced tree with the parameters ⟨3, 2⟩ that Hirai and Yamamoto proved sound.
struct OrderedEntries: Sendable {
    private var root: EntryNode?

    /// Number of entries.
    var count: Int { root.count }

    /// Bytes of all keys and values.
    var size: Int { root?.size ?? 0 }

    subscript(key: [UInt8]) -> [UInt8]? {
        var node = root
        while let current = node {
            switch key.order(to: current.key) {
            case .same: return current.value
            case .before: node = current.left
            case .after: node = current.right
            }
        }
        return nil
    }

    mutating func put(_ value: [UInt8], for key: [UInt8]) {
        root = EntryNode.inserting(key, value, into: root)
    }

    /// Says whether the key was there.
    mutating func remove(_ key: [UInt8]) -> Bool {
        guard self[key] != nil else { return false }
        let (before, rest) = EntryNode.split(root, at: key)
        root = EntryNode.join(before, EntryNode.removingFirst(from: rest))
        return true
    }

    /// Returns how many entries there were.
    mutating func removeAll(_ range: KeyRange) -> Int {
        let (before, rest) = range.lower.map { EntryNode.split(root, at: $0) } ?? (nil, root)
        let (inside, after) = range.upper.map { EntryNode.split(rest, at: $0) } ?? (rest, nil)
        guard let inside else { return 0 }
        root = EntryNode.join(before, after)
        return inside.count
    }

    func scan(
        _ range: KeyRange, _ direction: ScanDirection, _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) rethrows {
        _ = try root?.scan(range, direction, body)
    }
    /// No side of any node is more than three times as heavy as the other, so that paths stay short.
    var isBalanced: Bool { root?.isBalanced ?? true }
}
