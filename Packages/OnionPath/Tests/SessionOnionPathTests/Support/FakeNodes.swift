import SessionCrypto
import SessionInterfaces

/// A service node with its secret key.
struct FakeNode: Sendable {
    let keys: X25519KeyPair
    let node: ServiceNode

    /// - Parameter subnet: The third octet of the address; the fourth is `number`.
    init(_ number: UInt8, subnet: UInt8? = nil, random: any RandomSource) {
        keys = .generate(from: random)
        node = ServiceNode(
            ed25519Key: Ed25519PublicKey(random.bytes(32))!, x25519Key: keys.publicKey,
            address: IPv4Address("10.0.\(subnet ?? number).\(number)")!, httpsPort: 22021, omqPort: 22020,
            version: .init(2, 11, 0), swarmID: SwarmID(rawValue: UInt64(number)))
    }

    static func several(_ count: Int, seed: UInt64 = 7) -> [FakeNode] {
        let random = SeededRandom(seed: seed)
        return (0..<count).map { FakeNode(UInt8($0 + 1), random: random) }
    }
}

extension ServiceNode {
    static func several(_ count: Int, seed: UInt64 = 7) -> [ServiceNode] {
        FakeNode.several(count, seed: seed).map(\.node)
    }

    /// Nodes whose addresses are `perSubnet` to a /24 network.
    static func crowded(_ count: Int, perSubnet: Int) -> [ServiceNode] {
        let random = SeededRandom(seed: 11)
        return (0..<count).map { FakeNode(UInt8($0 + 1), subnet: UInt8($0 / perSubnet), random: random).node }
    }
}

extension Sequence<ServiceNode> {
    var keys: [Ed25519PublicKey] { map(\.ed25519Key) }
}
