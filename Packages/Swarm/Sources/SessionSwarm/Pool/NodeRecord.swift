import SessionInterfaces

/// One service node in the chain daemon's list. Follows protocol document 02, section 1.3.
enum NodeRecord {
    /// Nil when it cannot be reached, or its keys are not twins: then nobody could prove to be it.
    static func node(_ record: JSONValue) -> ServiceNode? {
        guard let address = record["public_ip"]?.string.flatMap({ IPv4Address($0) }), !address.isUnspecified,
            let httpsPort = port(record["storage_port"]), httpsPort != 0,
            let ed25519Key = record["pubkey_ed25519"]?.string.flatMap({ Ed25519PublicKey(hex: $0) }),
            let x25519Key = record["pubkey_x25519"]?.string.flatMap({ X25519PublicKey(hex: $0) }),
            KeyTwins.areTwins(ed25519Key, x25519Key)
        else { return nil }
        let swarmID: SwarmID
        switch record["swarm_id"] {
        // Absent, or the greatest value, while the node serves no swarm.
        case nil, .null: swarmID = .unassigned
        case let number:
            guard let number = number?.unsigned else { return nil }
            swarmID = SwarmID(rawValue: number)
        }
        return ServiceNode(
            ed25519Key: ed25519Key, x25519Key: x25519Key, address: address, httpsPort: httpsPort,
            omqPort: port(record["storage_lmq_port"]) ?? 0,
            // Versions tell what a node can do, and keep nobody out.
            version: .init(record["storage_server_version"]) ?? .init(0, 0, 0), swarmID: swarmID)
    }

    private static func port(_ value: JSONValue?) -> UInt16? {
        value?.unsigned.flatMap { UInt16(exactly: $0) }
    }
}
