import SessionInterfaces

extension StorageNode {
    /// Notes what the node could see of a request that it handles.
    func record(_ next: Sighting.NextHop, from previous: Sighting.PreviousHop, size: Int) {
        let role: Sighting.Role =
            switch (previous, next) {
            case (_, .itself): .destination
            case (.client, _): .guard
            case (.node, _): .relay
            }
        network.sightings.record(
            Sighting(node: key, role: role, previous: previous, next: next, size: size, time: network.clock.now()))
    }
}
