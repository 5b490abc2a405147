public import SessionInterfaces

/// What several nodes agree on about the list of nodes: nobody is believed alone.
/// Follows protocol document 02, section 1.5.
public enum NodeConsensus {
    /// The nodes that at least `presence` of the lists describe alike, in the order of their keys.
    /// - Parameter presence: more than half of the lists, so that no node can have two such descriptions.
    public static func nodes(of lists: [[ServiceNode]], presence: Int) -> [ServiceNode] {
        var counts: [ServiceNode: Int] = [:]
        for list in lists {
            for node in list { counts[node, default: 0] += 1 }
        }
        return counts.filter { $0.value >= presence }.keys.sorted { $0.ed25519Key < $1.ed25519Key }
    }
}
