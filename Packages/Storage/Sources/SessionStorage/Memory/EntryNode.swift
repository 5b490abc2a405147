import SessionInterfaces

/// One entry of `OrderedEntries`, with the entries before and after it. An empty subtree is nil.
final class EntryNode: Sendable {
    let key: [UInt8]
    let value: [UInt8]
    let left: EntryNode?
    let right: EntryNode?
    /// Number of entries of the subtree.
    let count: Int
    /// Bytes of all keys and values of the subtree.
    let size: Int

    private init(_ left: EntryNode?, _ key: [UInt8], _ value: [UInt8], _ right: EntryNode?) {
        self.key = key
        self.value = value
        self.left = left
        self.right = right
        count = left.count + right.count + 1
        size = (left?.size ?? 0) + (right?.size ?? 0) + key.count + value.count
    }
}

extension EntryNode {
    static func inserting(_ key: [UInt8], _ value: [UInt8], into node: EntryNode?) -> EntryNode {
        guard let node else { return EntryNode(nil, key, value, nil) }
        return switch key.order(to: node.key) {
        case .same: EntryNode(node.left, key, value, node.right)
        case .before: balanced(inserting(key, value, into: node.left), node, node.right)
        case .after: balanced(node.left, node, inserting(key, value, into: node.right))
        }
    }

    /// The entries before `key`, and those from `key` on.
    static func split(_ node: EntryNode?, at key: [UInt8]) -> (EntryNode?, EntryNode?) {
        guard let node else { return (nil, nil) }
        switch key.order(to: node.key) {
        case .same:
            return (node.left, join(nil, node, node.right))
        case .before:
            let (before, rest) = split(node.left, at: key)
            return (before, join(rest, node, node.right))
        case .after:
            let (before, rest) = split(node.right, at: key)
            return (join(node.left, node, before), rest)
        }
    }

    /// All entries of both, of which `right` has the later ones.
    static func join(_ left: EntryNode?, _ right: EntryNode?) -> EntryNode? {
        guard let right else { return left }
        return join(left, right.first, removingFirst(from: right))
    }

    static func removingFirst(from node: EntryNode?) -> EntryNode? {
        guard let node, let left = node.left else { return node?.right }
        return balanced(removingFirst(from: left), node, node.right)
    }

    /// All entries of both with that of `middle` in between, whatever their sizes.
    private static func join(_ left: EntryNode?, _ middle: EntryNode, _ right: EntryNode?) -> EntryNode {
        if let left, isHeavier(left, than: right) {
            return balanced(left.left, left, join(left.right, middle, right))
        }
        if let right, isHeavier(right, than: left) {
            return balanced(join(left, middle, right.left), right, right.right)
        }
        return linked(left, middle, right)
    }

    private var first: EntryNode {
        var node = self
        while let left = node.left { node = left }
        return node
    }

    /// The same entry with other neighbours.
    private static func linked(_ left: EntryNode?, _ entry: EntryNode, _ right: EntryNode?) -> EntryNode {
        EntryNode(left, entry.key, entry.value, right)
    }

    /// The same, turned once or twice when one side has become too heavy.
    private static func balanced(_ left: EntryNode?, _ entry: EntryNode, _ right: EntryNode?) -> EntryNode {
        if let right, isHeavier(right, than: left) {
            guard let inner = right.left, weight(inner) >= 2 * weight(right.right) else {
                return linked(linked(left, entry, right.left), right, right.right)
            }
            return linked(linked(left, entry, inner.left), inner, linked(inner.right, right, right.right))
        }
        if let left, isHeavier(left, than: right) {
            guard let inner = left.right, weight(inner) >= 2 * weight(left.left) else {
                return linked(left.left, left, linked(left.right, entry, right))
            }
            return linked(linked(left.left, left, inner.left), inner, linked(inner.right, entry, right))
        }
        return linked(left, entry, right)
    }

    var isBalanced: Bool {
        let isFair = Self.weight(left) <= 3 * Self.weight(right) && Self.weight(right) <= 3 * Self.weight(left)
        return isFair && left?.isBalanced ?? true && right?.isBalanced ?? true
    }

    private static func weight(_ node: EntryNode?) -> Int { node.count + 1 }

    private static func isHeavier(_ node: EntryNode, than other: EntryNode?) -> Bool {
        weight(node) > 3 * weight(other)
    }
}

extension EntryNode {
    /// Visits the entries of `range` below this node; says whether to go on.
    func scan(
        _ range: KeyRange, _ direction: ScanDirection, _ body: (RawSpan, RawSpan) throws -> ScanStep
    ) rethrows -> ScanStep {
        let isFromLower = range.lower.map { $0.order(to: key) != .after } ?? true
        let isBelowUpper = range.upper.map { $0.order(to: key) == .after } ?? true
        // What lies on the far side of a bound is not even looked at.
        let (near, far) = direction == .forward ? (left, right) : (right, left)
        let (nearIsInside, farIsInside) =
            direction == .forward ? (isFromLower, isBelowUpper) : (isBelowUpper, isFromLower)
        if nearIsInside, try near?.scan(range, direction, body) == .stop { return .stop }
        if isFromLower, isBelowUpper, try visit(body) == .stop { return .stop }
        if farIsInside, try far?.scan(range, direction, body) == .stop { return .stop }
        return .next
    }

    private func visit(_ body: (RawSpan, RawSpan) throws -> ScanStep) rethrows -> ScanStep {
        // A span needs an owner within reach: a local one.
        let (key, value) = (key, value)
        return try body(key.span.bytes, value.span.bytes)
    }
}

extension EntryNode? {
    var count: Int { self?.count ?? 0 }
}
