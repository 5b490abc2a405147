public import SessionInterfaces

/// A list of nodes by the swarms that they serve: who serves which account. A value without I/O, computed once for a
/// list. Follows protocol document 02, sections 1.5 and 3.1.
public struct SwarmMap: Sendable {
    /// Every swarm, ascending.
    public let swarmIDs: [SwarmID]
    private let members: [SwarmID: [ServiceNode]]

    /// Nodes without a swarm are left out.
    public init(_ nodes: [ServiceNode]) {
        members = Dictionary(grouping: nodes.filter { $0.swarmID != .unassigned }, by: \.swarmID)
        swarmIDs = members.keys.sorted()
    }

    /// The nodes of a swarm; none for a swarm that is not known.
    public func members(of swarm: SwarmID) -> [ServiceNode] { members[swarm] ?? [] }

    /// The swarm of an account; nil when no node serves any.
    public func swarmID(of account: AccountID) -> SwarmID? { SwarmMapping.swarm(of: account, among: swarmIDs) }
}
