public import SessionInterfaces

/// What one node could see of one request that it handled: its neighbours and a size, and nothing else when the request
/// came through an onion path. A request that came directly shows its sender to its destination.
public struct Sighting: Hashable, Sendable {
    public enum Role: String, Hashable, Sendable {
        /// The first node of the path: knows the client's address.
        case `guard`
        /// A node in the middle, or the last before a server.
        case relay
        /// The node that the request is for.
        case destination
    }

    public enum PreviousHop: Hashable, Sendable {
        /// A client at this IP address.
        case client(String)
        case node(Ed25519PublicKey)
    }

    public enum NextHop: Hashable, Sendable {
        case node(Ed25519PublicKey)
        /// A web server, by host and port.
        case server(String)
        /// The node itself is the destination.
        case itself
    }

    public let node: Ed25519PublicKey
    public let role: Role
    public let previous: PreviousHop
    public let next: NextHop
    /// Bytes of the request as it arrived.
    public let size: Int
    public let time: Timestamp

    public init(
        node: Ed25519PublicKey, role: Role, previous: PreviousHop, next: NextHop, size: Int, time: Timestamp
    ) {
        self.node = node
        self.role = role
        self.previous = previous
        self.next = next
        self.size = size
        self.time = time
    }
}
