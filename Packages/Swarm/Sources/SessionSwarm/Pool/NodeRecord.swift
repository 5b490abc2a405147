import SessionCrypto
import SessionInterfaces

/// One service node in the chain daemon's list. Follows protocol document 02, section 1.3.
struct NodeRecord: Decodable, Sendable {
    private let address: String
    private let httpsPort: UInt16
    private let omqPort: UInt16?
    private let ed25519Key: String
    private let x25519Key: String
    /// Absent, or the greatest value, while the node serves no swarm.
    private let swarmID: UInt64?
    private let version: Tolerant<[UInt16]>?

    private enum CodingKeys: String, CodingKey {
        case address = "public_ip"
        case httpsPort = "storage_port"
        case omqPort = "storage_lmq_port"
        case ed25519Key = "pubkey_ed25519"
        case x25519Key = "pubkey_x25519"
        case swarmID = "swarm_id"
        case version = "storage_server_version"
    }

    /// Nil when it cannot be reached, or its keys are not twins: then nobody could prove to be it.
    var node: ServiceNode? {
        guard let address = IPv4Address(address), !address.isUnspecified, httpsPort != 0,
            let ed25519Key = Ed25519PublicKey(hex: ed25519Key), let x25519Key = X25519PublicKey(hex: x25519Key),
            (try? Ed25519.x25519PublicKey(of: ed25519Key)) == x25519Key
        else { return nil }
        return ServiceNode(
            ed25519Key: ed25519Key, x25519Key: x25519Key, address: address, httpsPort: httpsPort,
            omqPort: omqPort ?? 0, version: readVersion, swarmID: swarmID.map { SwarmID(rawValue: $0) } ?? .unassigned)
    }

    private var readVersion: ServiceNode.Version {
        guard let parts = version?.value, parts.count == 3 else { return .init(0, 0, 0) }
        return .init(parts[0], parts[1], parts[2])
    }
}
