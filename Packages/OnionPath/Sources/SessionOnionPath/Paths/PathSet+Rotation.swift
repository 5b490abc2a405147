public import SessionInterfaces

/// A path that has served its time, and the one that is to take its place once it has proved to work.
@_spi(Simulation) public struct PathRotation: Hashable, Sendable {
    /// How long a path serves.
    public static let interval = Duration.seconds(600)
    /// How long after a failed rotation the next is tried.
    public static let retryInterval = Duration.seconds(60)
    /// Time for the request that proves the new path.
    public static let timeLimit = Duration.seconds(10)

    public let old: OnionPath.ID
    public let new: OnionPath
    /// A node on no path, to be asked through the new one; nil when there is none left.
    public let probe: ServiceNode?
}

/// Rotation as a state machine: due, then under trial, then rotated or left for later.
/// Follows protocol document 02, section 2.7.
extension PathSet {
    public func hasDueRotation(at now: Instant) -> Bool { entries.contains { $0.isDue(at: now) } }

    /// Begins the rotation of a path that is due: new nodes behind the same guard, unless the guard has served its time
    /// too. Nil when no path is due, or there are no other nodes to be had.
    public mutating func beginRotation(
        from material: PathMaterial, at now: Instant, using generator: inout some RandomNumberGenerator,
        hasGuardExpired: (Ed25519PublicKey) -> Bool
    ) -> PathRotation? {
        guard let index = entries.firstIndex(where: { $0.isDue(at: now) }) else { return nil }
        let old = entries[index].path
        entries[index].rotation = now + PathRotation.interval
        let guardNode = material.pool.first { $0.ed25519Key == old.guardNode.ed25519Key }
        let kept = guardNode.flatMap { hasGuardExpired($0.ed25519Key) ? nil : $0 }
        guard let nodes = successor(of: old, keeping: kept, from: material, using: &generator),
            Set(nodes) != Set(old.nodes)
        else { return nil }
        let new = number(nodes)
        entries[index].successor = new
        let probe = selection.choosingOne(
            from: material.pool, without: Set((nodesInUse + old.nodes).map(\.ed25519Key)), using: &generator)
        return PathRotation(old: old.id, new: new, probe: probe)
    }

    /// Ends it. Requests on their way over the old path are not disturbed.
    public mutating func endRotation(_ rotation: PathRotation, succeeded: Bool, at now: Instant) {
        guard let index = entries.firstIndex(where: { $0.path.id == rotation.old }) else { return }
        if succeeded {
            entries[index] = Entry(rotation.new, at: now)
        } else {
            entries[index].successor = nil
            entries[index].rotation = now + PathRotation.retryInterval
        }
    }

    /// The old path's own nodes are free again, but come last.
    private func successor(
        of old: OnionPath, keeping guardNode: ServiceNode?, from material: PathMaterial,
        using generator: inout some RandomNumberGenerator
    ) -> [ServiceNode]? {
        let others = entries.filter { $0.path.id != old.id }.flatMap { $0.path.nodes + ($0.successor?.nodes ?? []) }
        let oldKeys = Set(old.nodes.map(\.ed25519Key))
        let first =
            guardNode
            ?? material.knownGuard(
                without: oldKeys.union(others.map(\.ed25519Key)), apartFrom: others, selection)
        return selection.choose(
            from: material.pool, keeping: first.map { [$0] } ?? [], without: material.excluded, apartFrom: others,
            disfavouring: material.disfavoured.union(oldKeys), using: &generator)
    }
}

extension PathSet.Entry {
    fileprivate func isDue(at now: PathSet.Instant) -> Bool { successor == nil && now >= rotation }
}

extension PathSelection {
    /// One node at random, whatever its network.
    fileprivate func choosingOne(
        from pool: [ServiceNode], without excluded: Set<Ed25519PublicKey>,
        using generator: inout some RandomNumberGenerator
    ) -> ServiceNode? {
        PathSelection(length: 1, separatesSubnets: false)
            .choose(from: pool, without: excluded, using: &generator)?.first
    }
}
