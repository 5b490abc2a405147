import SessionCrypto
import SessionInterfaces

/// What makes one service node: its number in this network, its keys and its place on the ring of swarms.
struct NodeIdentity: Sendable {
    /// Position in the list of nodes; names the node's part of the store.
    let number: UInt16
    let keys: Ed25519KeyPair
    let swarmID: SwarmID

    var key: Ed25519PublicKey { keys.publicKey }
}
