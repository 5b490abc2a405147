/// An IPv4 address of a service node.
public struct IPv4Address: Hashable, Sendable, LosslessStringConvertible {
    /// The address as one number, first octet most significant.
    public let value: UInt32

    public init(value: UInt32) { self.value = value }

    /// Reads a dotted quad of four decimal numbers; nil for anything else.
    public init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard part.utf8.count <= 3, part.utf8.allSatisfy({ (48...57).contains($0) }), let octet = UInt8(part) else {
                return nil
            }
            value = value << 8 | UInt32(octet)
        }
        self.value = value
    }

    public var description: String {
        "\(value >> 24 & 255).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)"
    }

    /// The first 24 bits: two nodes in one such network may be one operator.
    public var subnet24: UInt32 { value >> 8 }

    public var isUnspecified: Bool { value == 0 }
}
