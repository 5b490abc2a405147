public import SessionInterfaces

/// The service nodes that together keep the messages of an account.
public struct Swarm: Hashable, Sendable {
    public let id: SwarmID
    /// Every member that is known: whose word counts.
    public let members: [ServiceNode]
    /// The members without too many failures: whom to ask.
    public let availableMembers: [ServiceNode]

    public init(id: SwarmID, members: [ServiceNode], availableMembers: [ServiceNode]? = nil) {
        self.id = id
        self.members = members
        self.availableMembers = availableMembers ?? members
    }
}
