/// A 32-byte Ed25519 public key: the identity of a service node, a group, or the signing half of an account.
public struct Ed25519PublicKey: Hashable, Sendable, Comparable {
    public let bytes: Bytes32

    public init(_ bytes: Bytes32) { self.bytes = bytes }

    /// Nil unless `source` has exactly 32 bytes. Whether they are a point of the curve is for `SessionCrypto` to say.
    public init?(_ source: some Sequence<UInt8>) {
        guard let bytes = Bytes32(source) else { return nil }
        self.bytes = bytes
    }

    /// Nil unless `hex` is 64 hexadecimal digits of either case.
    public init?(hex: String) {
        guard let decoded = Hex.decode(hex) else { return nil }
        self.init(decoded)
    }

    public var hex: String { bytes.hex }

    public static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
}

/// A 32-byte X25519 public key: what messages and onion layers are encrypted to.
public struct X25519PublicKey: Hashable, Sendable {
    public let bytes: Bytes32

    public init(_ bytes: Bytes32) { self.bytes = bytes }

    /// Nil unless `source` has exactly 32 bytes.
    public init?(_ source: some Sequence<UInt8>) {
        guard let bytes = Bytes32(source) else { return nil }
        self.bytes = bytes
    }

    /// Nil unless `hex` is 64 hexadecimal digits of either case.
    public init?(hex: String) {
        guard let decoded = Hex.decode(hex) else { return nil }
        self.init(decoded)
    }

    public var hex: String { bytes.hex }
}
