import SessionCrypto
import SessionInterfaces

/// What makes one service node: its number in this network, its keys and the swarm in which it began.
struct NodeIdentity: Sendable {
    /// Position in the list of nodes; names the node's part of the store.
    let number: UInt16
    let keys: Ed25519KeyPair
    /// The key of old addresses.
    let legacyKey: Bytes32
    let swarmID: SwarmID

    var key: Ed25519PublicKey { keys.publicKey }
}
