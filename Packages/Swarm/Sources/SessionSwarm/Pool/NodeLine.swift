import SessionCrypto
public import SessionInterfaces

/// A node as one line of text, as other clients keep their lists: Ed25519 key, address, HTTPS port, OMQ port, version and
/// swarm ID, with `|` between them. Follows protocol document 02, section 1.5.
public enum NodeLine {
    /// The line without its end.
    public static func encode(_ node: ServiceNode) -> String {
        [
            node.ed25519Key.hex, node.address.description, "\(node.httpsPort)", "\(node.omqPort)",
            node.version.description, "\(node.swarmID.rawValue)",
        ].joined(separator: "|")
    }

    /// Nil unless there are six readable parts, the version is not 0.0.0, and the key can be converted.
    public static func decode(_ line: String) -> ServiceNode? {
        let parts = line.split(separator: Character("|"), omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, let key = Ed25519PublicKey(hex: parts[0]), let address = IPv4Address(parts[1]),
            let httpsPort = UInt16(parts[2]), let omqPort = UInt16(parts[3]), let swarm = UInt64(parts[5]),
            let x25519Key = try? Ed25519.x25519PublicKey(of: key)
        else { return nil }
        let version = parts[4].split(separator: Character("."), omittingEmptySubsequences: false).compactMap {
            UInt16($0)
        }
        guard version.count == 3, version.contains(where: { $0 != 0 }) else { return nil }
        return ServiceNode(
            ed25519Key: key, x25519Key: x25519Key, address: address, httpsPort: httpsPort, omqPort: omqPort,
            version: .init(version[0], version[1], version[2]), swarmID: SwarmID(rawValue: swarm))
    }
}
