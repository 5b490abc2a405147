public import SessionInterfaces

/// All sets of paths of a client, one for each purpose, and the guards they share. A value without I/O.
///
/// Every account's paths begin at the same few guards: a guard learns the client's address whatever it carries, so that
/// each guard more is one more that could tell. Behind the guard the paths of two accounts differ.
@_spi(Simulation) public struct PathSets: Sendable {
    public typealias Instant = ContinuousClock.Instant

    /// Sets kept at most, as long as others are idle.
    public static let capacity = 32

    private struct Member {
        var set: PathSet
        var lastUse: Instant
    }

    public let pathCount: Int
    public let selection: PathSelection
    public let sharing: NodeSharing
    public internal(set) var guards = GuardBook()
    private var members: [PathPurpose: Member] = [:]
    private var lastSeries = 0

    public init(pathCount: Int, selection: PathSelection, sharing: NodeSharing = .reluctant) {
        self.pathCount = max(1, pathCount)
        self.selection = selection
        self.sharing = sharing
    }

    /// The sets there are, the shared ones first.
    public var purposes: [PathPurpose] { members.keys.sorted { $0.rank < $1.rank } }

    /// The set for `purpose`, empty when there is none yet.
    public subscript(purpose: PathPurpose) -> PathSet {
        members[purpose]?.set ?? PathSet(capacity: pathCount, selection: selection)
    }

    /// Changes the set for `purpose`, and makes it first when there is none. Guards of new paths are remembered.
    public mutating func update<R>(
        _ purpose: PathPurpose, at now: Instant, _ time: Timestamp, _ change: (inout PathSet) -> R
    ) -> R {
        if members[purpose] == nil {
            retireIdle()
            lastSeries += 1
        }
        var member =
            members[purpose]
            ?? Member(set: PathSet(capacity: pathCount, selection: selection, series: lastSeries), lastUse: now)
        let known = Set(member.set.paths.map(\.id))
        member.lastUse = now
        let result = change(&member.set)
        members[purpose] = member
        for path in member.set.paths where !known.contains(path.id) {
            guards.use(path.guardNode.ed25519Key, at: time)
        }
        return result
    }

    /// Changes every set.
    public mutating func updateAll(_ change: (PathPurpose, inout PathSet) -> Void) {
        for purpose in purposes {
            guard var member = members[purpose] else { continue }
            change(purpose, &member.set)
            members[purpose] = member
        }
    }

    public mutating func removeAll(keepingGuards: Bool) {
        members = [:]
        if !keepingGuards { guards = GuardBook() }
    }

    /// What paths for `purpose` are made of: known guards first; guards, and nodes of other purposes, not behind a guard.
    public func material(
        for purpose: PathPurpose, from pool: [ServiceNode], at time: Timestamp
    ) -> PathMaterial {
        let others = members.filter { $0.key != purpose }.values.flatMap(\.set.nodesInUse).map(\.ed25519Key)
        var material = PathMaterial(
            pool: pool, guards: guards.preferred(at: time), disfavoured: Set(guards.entries.map(\.key)))
        switch sharing {
        case .free: break
        case .reluctant: material.disfavoured.formUnion(others)
        case .never: material.excluded = Set(others)
        }
        return material
    }

    private mutating func retireIdle() {
        while members.count >= Self.capacity {
            let idle = members.filter(\.value.set.isIdle).min { $0.value.lastUse < $1.value.lastUse }
            guard let idle else { return }
            members[idle.key] = nil
        }
    }
}

extension PathPurpose {
    /// For an order that does not change from run to run.
    fileprivate var rank: String {
        switch isolation {
        case .shared: "0 \(category == .standard ? 0 : 1)"
        case .account(let account): "1 \(account.hex) \(category == .standard ? 0 : 1)"
        }
    }
}
