public import SessionCrypto
public import SessionInterfaces

/// What a verdict on an attempt depends on, besides how the attempt ended.
public struct RoutingState: Hashable, Sendable {
    /// The relays, guard first; never empty, except when no path could be built.
    public var path: [ServiceNode]
    public var destination: Destination
    /// What the attempt was sealed with.
    public var encryption: HopEncryption
    /// Whether the request has been sealed with another encryption before.
    public var hasChangedEncryption: Bool
    /// Whether the caller can ask another destination for the same.
    public var hasOtherDestinations: Bool
    /// Requests of this router that arrived damaged, since the list of nodes was last doubted.
    public var damagedRequests: Int
    /// Internal errors that this destination answered before, since it was last struck for them.
    public var destinationErrors: Int
    /// Whether a fresh list of nodes can be had.
    public var canRefreshNodes: Bool

    public init(
        path: [ServiceNode], destination: Destination, encryption: HopEncryption = .xchacha20,
        hasChangedEncryption: Bool = false, hasOtherDestinations: Bool = false, damagedRequests: Int = 0,
        destinationErrors: Int = 0, canRefreshNodes: Bool = false
    ) {
        self.path = path
        self.destination = destination
        self.encryption = encryption
        self.hasChangedEncryption = hasChangedEncryption
        self.hasOtherDestinations = hasOtherDestinations
        self.damagedRequests = damagedRequests
        self.destinationErrors = destinationErrors
        self.canRefreshNodes = canRefreshNodes
    }

    var guardKey: Ed25519PublicKey? { path.first?.ed25519Key }

    var isServer: Bool { destination.serviceNodeKey == nil }

    func isDestination(_ key: Ed25519PublicKey) -> Bool { destination.serviceNodeKey == key }

    /// A node that another node of the path could name; none names the guard.
    func isRelay(_ key: Ed25519PublicKey) -> Bool {
        path.dropFirst().contains { $0.ed25519Key == key }
    }

    /// The encryption that has not been tried, once.
    var otherEncryption: HopEncryption? {
        hasChangedEncryption ? nil : encryption == .xchacha20 ? .aesGCM : .xchacha20
    }
}
