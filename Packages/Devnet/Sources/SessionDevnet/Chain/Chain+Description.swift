import SessionInterfaces
import SessionSwarm

extension Chain {
    /// The body of `get_swarm`. Follows protocol document 02, section 3.2.
    func swarmDescription(of account: AccountKey) -> [String: JSONValue] {
        let (id, members) = swarm(of: account)
        return [
            "swarm": .string(id.hex),
            "snodes": .array(members.compactMap { listing(of: $0.ed25519Key) }.map(Self.description)),
        ]
    }

    private static func description(of listing: Listing) -> JSONValue {
        let node = listing.node
        return [
            "address": .string("\(Base32z.encode(listing.legacyKey.bytes)).snode"),
            "ip": .string(node.address.description),
            "port": .string(String(node.httpsPort)),
            "port_https": .integer(Int64(node.httpsPort)),
            "port_omq": .integer(Int64(node.omqPort)),
            "port_quic": .integer(Int64(node.omqPort)),
            "pubkey_ed25519": .string(node.ed25519Key.hex),
            "pubkey_legacy": .string(listing.legacyKey.hex),
            "pubkey_x25519": .string(node.x25519Key.hex),
        ]
    }
}

extension JSONValue {
    static func hardFork(_ fork: DevnetSettings.HardFork) -> JSONValue {
        [.integer(Int64(fork.number)), .integer(Int64(fork.revision))]
    }

    static func version(_ version: ServiceNode.Version) -> JSONValue {
        [.integer(Int64(version.major)), .integer(Int64(version.minor)), .integer(Int64(version.patch))]
    }
}
