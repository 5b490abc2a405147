import SessionInterfaces

/// The paths of one router: which there are, how they fare, which to take. A value without I/O.
/// Follows protocol document 02, section 2.7.
struct PathSet: Sendable {
    /// Strikes at which a path is retired.
    static let strikeLimit = 3

    private struct Entry {
        let path: OnionPath
        var strikes = 0
        var inFlight = 0
        /// Its last request had no answer, for whatever reason.
        var isSuspect = false

        /// Requests in flight decide, then what speaks against the path. The smaller is the better.
        var load: Load { Load(inFlight: inFlight, demerits: strikes + (isSuspect ? PathSet.strikeLimit : 0)) }
    }

    private struct Load: Comparable {
        let inFlight: Int
        let demerits: Int

        static func < (left: Load, right: Load) -> Bool {
            (left.inFlight, left.demerits) < (right.inFlight, right.demerits)
        }
    }

    /// How many paths to keep. No node is in two of them.
    let capacity: Int
    let selection: PathSelection
    private var entries: [Entry] = []
    private var lastID = 0

    init(capacity: Int, selection: PathSelection) {
        self.capacity = max(1, capacity)
        self.selection = selection
    }

    var paths: [OnionPath] { entries.map(\.path) }
    var isFull: Bool { entries.count >= capacity }

    // MARK: Choosing

    /// The path to take under `wishes`, busy ones last; nil when none will do.
    func path(for wishes: PathWishes, using generator: inout some RandomNumberGenerator) -> OnionPath? {
        let usable = entries.filter { wishes.accept($0.path) }
        guard let best = usable.map(\.load).min() else { return nil }
        return usable.filter { $0.load == best }.randomElement(using: &generator)?.path
    }

    /// A path for one request only, for when none of the others will do. It keeps a guard that is in use, so that the
    /// client's address does not spread.
    mutating func detour(
        for wishes: PathWishes, from pool: [ServiceNode], using generator: inout some RandomNumberGenerator
    ) -> OnionPath? {
        let guards = entries.sorted { $0.load < $1.load }.map(\.path.guardNode)
            .filter { !wishes.excluded.contains($0.ed25519Key) }
        for fixed in guards.map({ [$0] }) + [[]] {
            let nodes = selection.choose(
                from: pool, keeping: fixed, without: wishes.excluded, disfavouring: wishes.disfavoured,
                using: &generator)
            if let nodes { return number(nodes) }
        }
        return nil
    }

    // MARK: Building

    /// Builds paths from unused nodes until there are enough, or no more can be built.
    mutating func fill(
        from pool: [ServiceNode], for wishes: PathWishes, using generator: inout some RandomNumberGenerator
    ) {
        while !isFull {
            let nodes = selection.choose(
                from: pool, without: wishes.avoided, apartFrom: entries.flatMap(\.path.nodes),
                disfavouring: wishes.excluded.union(wishes.disfavoured), using: &generator)
            guard let nodes else { return }
            entries.append(Entry(path: number(nodes)))
        }
    }

    /// Puts unused nodes in the place of those that `isGone`; a path without its guard is dropped.
    mutating func replaceNodes(
        from pool: [ServiceNode], using generator: inout some RandomNumberGenerator,
        where isGone: (ServiceNode) -> Bool
    ) {
        let pool = pool.filter { !isGone($0) }
        let broken = entries.filter { $0.path.nodes.contains(where: isGone) }
        for path in broken.map(\.path) {
            drop(path.id)
            guard !isGone(path.guardNode) else { continue }
            let nodes = selection.choose(
                from: pool, keeping: path.nodes.filter { !isGone($0) }, apartFrom: entries.flatMap(\.path.nodes),
                using: &generator)
            if let nodes { entries.append(Entry(path: number(nodes))) }
        }
    }

    // MARK: Keeping account

    mutating func begin(_ id: OnionPath.ID) { update(id) { $0.inFlight += 1 } }

    mutating func end(_ id: OnionPath.ID) { update(id) { $0.inFlight -= 1 } }

    /// Prefers other paths until this one brings an answer.
    mutating func suspect(_ id: OnionPath.ID) { update(id) { $0.isSuspect = true } }

    mutating func trust(_ id: OnionPath.ID) { update(id) { $0.isSuspect = false } }

    /// Counts a failure. Returns whether it was one too many, and the path is gone.
    mutating func strike(_ id: OnionPath.ID) -> Bool {
        update(id) { $0.strikes += 1 }
        guard let entry = entries.first(where: { $0.path.id == id }), entry.strikes >= Self.strikeLimit else {
            return false
        }
        drop(id)
        return true
    }

    mutating func drop(_ id: OnionPath.ID) { entries.removeAll { $0.path.id == id } }

    /// Does nothing to a path that is not, or no longer, in the set.
    private mutating func update(_ id: OnionPath.ID, _ change: (inout Entry) -> Void) {
        if let index = entries.firstIndex(where: { $0.path.id == id }) { change(&entries[index]) }
    }

    private mutating func number(_ nodes: [ServiceNode]) -> OnionPath {
        lastID += 1
        return OnionPath(id: lastID, nodes: nodes)
    }
}
