/// A member of the service-node network as clients see it: keys, address, swarm.
/// Follows protocol document 02, section 1.3.
public struct ServiceNode: Hashable, Sendable, Identifiable {
    /// The node's identity.
    public let ed25519Key: Ed25519PublicKey
    /// The target of hop encryption: the Montgomery form of `ed25519Key`.
    public let x25519Key: X25519PublicKey
    public let address: IPv4Address
    /// Port of the HTTPS listener.
    public let httpsPort: UInt16
    /// Port of OMQ (TCP) and QUIC (UDP); 0 when unknown.
    public let omqPort: UInt16
    /// Storage-server version.
    public let version: Version
    public let swarmID: SwarmID

    public init(
        ed25519Key: Ed25519PublicKey, x25519Key: X25519PublicKey, address: IPv4Address, httpsPort: UInt16,
        omqPort: UInt16, version: Version, swarmID: SwarmID
    ) {
        self.ed25519Key = ed25519Key
        self.x25519Key = x25519Key
        self.address = address
        self.httpsPort = httpsPort
        self.omqPort = omqPort
        self.version = version
        self.swarmID = swarmID
    }

    public var id: Ed25519PublicKey { ed25519Key }

    /// A storage-server version such as 2.11.0.
    public struct Version: Hashable, Sendable, Comparable, CustomStringConvertible {
        public let major: UInt16
        public let minor: UInt16
        public let patch: UInt16

        public init(_ major: UInt16, _ minor: UInt16, _ patch: UInt16) {
            self.major = major
            self.minor = minor
            self.patch = patch
        }

        public var description: String { "\(major).\(minor).\(patch)" }

        public static func < (left: Self, right: Self) -> Bool {
            (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
        }
    }
}

/// The number of a swarm on the ring of 2^64 positions.
public struct SwarmID: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The value of a node that serves no swarm.
    public static let unassigned = SwarmID(rawValue: .max)

    /// Unpadded lower-case hexadecimal, as service nodes write it.
    public var hex: String { String(rawValue, radix: 16) }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
