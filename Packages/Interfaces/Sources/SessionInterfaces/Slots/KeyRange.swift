/// A range of binary keys in byte order: from `lower` (included) up to `upper` (excluded). Nil means no bound.
public struct KeyRange: Hashable, Sendable {
    public let lower: [UInt8]?
    public let upper: [UInt8]?

    public init(from lower: [UInt8]? = nil, upTo upper: [UInt8]? = nil) {
        self.lower = lower
        self.upper = upper
    }

    public static let all = KeyRange()

    /// Every key that begins with `prefix`, itself included.
    public static func prefix(_ prefix: [UInt8]) -> KeyRange {
        KeyRange(from: prefix.isEmpty ? nil : prefix, upTo: successor(of: prefix))
    }

    /// Every key after `key`, itself not included.
    public static func after(_ key: [UInt8]) -> KeyRange {
        KeyRange(from: key + [0])
    }

    public func contains(_ key: [UInt8]) -> Bool {
        if let lower, key.lexicographicallyPrecedes(lower) { return false }
        if let upper, !key.lexicographicallyPrecedes(upper) { return false }
        return true
    }

    /// The first key after all that begin with `prefix`; nil when there is none, because it is empty or all 0xff.
    private static func successor(of prefix: [UInt8]) -> [UInt8]? {
        guard let last = prefix.lastIndex(where: { $0 != 0xff }) else { return nil }
        var successor = Array(prefix[...last])
        successor[last] += 1
        return successor
    }
}
