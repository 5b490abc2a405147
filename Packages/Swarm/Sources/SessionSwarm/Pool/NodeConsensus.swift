import SessionInterfaces

/// What several nodes agree on about the list of nodes: nobody is believed alone.
/// Follows protocol document 02, section 1.5.
enum NodeConsensus {
    /// The nodes that at least `presence` of the lists describe alike.
    static func nodes(of lists: [[ServiceNode]], presence: Int) -> [ServiceNode] {
        var counts: [ServiceNode: Int] = [:]
        for list in lists {
            for node in Set(list) { counts[node, default: 0] += 1 }
        }
        let agreed = counts.filter { $0.value >= presence }.keys
        // Two descriptions of one node with as many voices each leave it open where the node is.
        return Dictionary(grouping: agreed, by: \.ed25519Key).values.compactMap { $0.count == 1 ? $0[0] : nil }
    }
}
