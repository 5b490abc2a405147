import SessionInterfaces

/// Swarm IDs at equal distances on the ring of 2^64 positions.
enum SwarmRing {
    /// The middles of `count` equal arcs, ascending; never the value that means "unassigned".
    static func identifiers(_ count: Int) -> [SwarmID] {
        guard count > 0 else { return [] }
        let arc = UInt64.max / UInt64(count)
        return (0..<UInt64(count)).map { SwarmID(rawValue: $0 * arc + arc / 2) }
    }
}
