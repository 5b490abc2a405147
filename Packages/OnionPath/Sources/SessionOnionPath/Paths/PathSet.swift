public import SessionInterfaces

/// The paths of one purpose: which there are, how they fare, which to take. A value without I/O; every moment is passed
/// in. Follows protocol document 02, section 2.7.
@_spi(Simulation) public struct PathSet: Sendable {
    public typealias Instant = ContinuousClock.Instant

    /// Strikes at which a path is retired.
    public static let strikeLimit = 3

    struct Entry {
        let path: OnionPath
        let built: Instant
        var strikes = 0
        var inFlight = 0
        /// Its last request had no answer, for whatever reason.
        var isSuspect = false
        /// When it is to be rotated, and what will take its place if that proves to work.
        var rotation: Instant
        var successor: OnionPath?

        init(_ path: OnionPath, at now: Instant) {
            self.path = path
            built = now
            rotation = now + PathRotation.interval
        }

        /// Requests in flight decide, then what speaks against the path. The smaller is the better.
        var load: Load { Load(inFlight: inFlight, demerits: strikes + (isSuspect ? PathSet.strikeLimit : 0)) }
    }

    struct Load: Comparable {
        let inFlight: Int
        let demerits: Int

        static func < (left: Load, right: Load) -> Bool {
            (left.inFlight, left.demerits) < (right.inFlight, right.demerits)
        }
    }

    /// How many paths to keep. No node is in two of them.
    public let capacity: Int
    public let selection: PathSelection
    var entries: [Entry] = []
    /// Distinguishes the paths of this set from those of others.
    private let series: Int
    private var lastNumber = 0

    public init(capacity: Int, selection: PathSelection, series: Int = 0) {
        self.capacity = max(1, capacity)
        self.selection = selection
        self.series = series
    }

    public var paths: [OnionPath] { entries.map(\.path) }
    public var isFull: Bool { entries.count >= capacity }
    var isIdle: Bool { entries.allSatisfy { $0.inFlight == 0 && $0.successor == nil } }

    /// Nodes of its paths, also of those that are being tried.
    var nodesInUse: [ServiceNode] { entries.flatMap { $0.path.nodes + ($0.successor?.nodes ?? []) } }

    // MARK: Choosing

    /// The path to take under `wishes`, busy ones last; nil when none will do.
    public func path(for wishes: PathWishes, using generator: inout some RandomNumberGenerator) -> OnionPath? {
        let usable = entries.filter { wishes.accept($0.path) }
        guard let best = usable.map(\.load).min() else { return nil }
        return usable.filter { $0.load == best }.randomElement(using: &generator)?.path
    }

    /// A path for one request only, for when none of the others will do. It keeps a guard that is in use, so that the
    /// client's address does not spread.
    public mutating func detour(
        for wishes: PathWishes, from material: PathMaterial, using generator: inout some RandomNumberGenerator
    ) -> OnionPath? {
        let guards = entries.sorted { $0.load < $1.load }.map(\.path.guardNode)
            .filter { !wishes.excluded.contains($0.ed25519Key) }
        let disfavoured = wishes.disfavoured.union(material.disfavoured)
        for fixed in guards.map({ [$0] }) + [[]] {
            let nodes = selection.choose(
                from: material.pool, keeping: fixed, without: wishes.excluded.union(material.excluded),
                disfavouring: disfavoured, using: &generator)
            if let nodes { return number(nodes) }
        }
        return nil
    }

    // MARK: Building

    /// Builds paths from unused nodes until there are enough, or no more can be built.
    public mutating func fill(
        from material: PathMaterial, for wishes: PathWishes, at now: Instant,
        using generator: inout some RandomNumberGenerator
    ) {
        while !isFull, let nodes = newPath(from: material, for: wishes, using: &generator) {
            entries.append(Entry(number(nodes), at: now))
        }
    }

    /// A guard already known, if one is left, and unused nodes behind it; else unused nodes alone.
    func newPath(
        from material: PathMaterial, for wishes: PathWishes, using generator: inout some RandomNumberGenerator
    ) -> [ServiceNode]? {
        let others = nodesInUse
        let taken = Set(others.map(\.ed25519Key))
        let known =
            material.knownGuard(without: taken.union(wishes.excluded), apartFrom: others, selection)
            ?? material.knownGuard(without: taken.union(wishes.avoided), apartFrom: others, selection)
        for fixed in (known.map { [[$0]] } ?? []) + [[]] {
            let nodes = selection.choose(
                from: material.pool, keeping: fixed, without: wishes.avoided.union(material.excluded),
                apartFrom: others,
                disfavouring: wishes.excluded.union(wishes.disfavoured).union(material.disfavoured),
                using: &generator)
            if let nodes { return nodes }
        }
        return nil
    }

    /// Puts unused nodes in the place of those that `isGone`; a path without its guard is dropped.
    public mutating func replaceNodes(
        from material: PathMaterial, at now: Instant, using generator: inout some RandomNumberGenerator,
        where isGone: (ServiceNode) -> Bool
    ) {
        let pool = material.pool.filter { !isGone($0) }
        let broken = entries.filter { $0.path.nodes.contains(where: isGone) }
        for path in broken.map(\.path) {
            drop(path.id)
            guard !isGone(path.guardNode) else { continue }
            let nodes = selection.choose(
                from: pool, keeping: path.nodes.filter { !isGone($0) }, without: material.excluded,
                apartFrom: nodesInUse, disfavouring: material.disfavoured, using: &generator)
            if let nodes { entries.append(Entry(number(nodes), at: now)) }
        }
    }

    // MARK: Keeping account

    public mutating func begin(_ id: OnionPath.ID) { update(id) { $0.inFlight += 1 } }

    public mutating func end(_ id: OnionPath.ID) { update(id) { $0.inFlight -= 1 } }

    /// Prefers other paths until this one brings an answer.
    public mutating func suspect(_ id: OnionPath.ID) { update(id) { $0.isSuspect = true } }

    public mutating func trust(_ id: OnionPath.ID) { update(id) { $0.isSuspect = false } }

    /// Counts a failure. Returns whether it was one too many, and the path is gone.
    public mutating func strike(_ id: OnionPath.ID) -> Bool {
        update(id) { $0.strikes += 1 }
        guard let entry = entries.first(where: { $0.path.id == id }), entry.strikes >= Self.strikeLimit else {
            return false
        }
        drop(id)
        return true
    }

    /// Requests on their way over the path are not disturbed.
    public mutating func drop(_ id: OnionPath.ID) { entries.removeAll { $0.path.id == id } }

    /// Does nothing to a path that is not, or no longer, in the set.
    mutating func update(_ id: OnionPath.ID, _ change: (inout Entry) -> Void) {
        if let index = entries.firstIndex(where: { $0.path.id == id }) { change(&entries[index]) }
    }

    mutating func number(_ nodes: [ServiceNode]) -> OnionPath {
        lastNumber += 1
        return OnionPath(id: series << 32 + lastNumber, nodes: nodes)
    }
}
