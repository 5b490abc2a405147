import SessionInterfaces

@_spi(Simulation) @testable import SessionOnionPath

/// A path set with its pool and its randomness, so that expectations can call it.
final class PathSetProbe {
    private(set) var pathSet: PathSet
    private let pool: [ServiceNode]
    var now = ContinuousClock.now
    private var generator: SourceGenerator

    init(
        _ capacity: Int = 2, from pool: [ServiceNode], for wishes: PathWishes = PathWishes(destination: nil),
        seed: UInt64 = 1
    ) {
        pathSet = PathSet(capacity: capacity, selection: PathSelection(length: 3, separatesSubnets: false))
        self.pool = pool
        generator = SeededRandom(seed: seed).generator
        pathSet.fill(from: PathMaterial(pool: pool), for: wishes, at: now, using: &generator)
    }

    var paths: [OnionPath] { pathSet.paths }

    func path(for wishes: PathWishes = PathWishes(destination: nil)) -> OnionPath? {
        pathSet.path(for: wishes, using: &generator)
    }

    func detour(for wishes: PathWishes, from pool: [ServiceNode]? = nil) -> OnionPath? {
        pathSet.detour(for: wishes, from: PathMaterial(pool: pool ?? self.pool), using: &generator)
    }

    func lose(_ node: ServiceNode) {
        pathSet.replaceNodes(from: PathMaterial(pool: pool), at: now, using: &generator) { $0 == node }
    }

    func beginRotation(guardHasExpired: Bool = false) -> PathRotation? {
        pathSet.beginRotation(from: PathMaterial(pool: pool), at: now, using: &generator) { _ in guardHasExpired }
    }

    func endRotation(_ rotation: PathRotation, succeeded: Bool) {
        pathSet.endRotation(rotation, succeeded: succeeded, at: now)
    }

    func begin(_ path: OnionPath) { pathSet.begin(path.id) }

    func end(_ path: OnionPath) { pathSet.end(path.id) }

    func suspect(_ path: OnionPath) { pathSet.suspect(path.id) }

    func trust(_ path: OnionPath) { pathSet.trust(path.id) }

    func strike(_ path: OnionPath) -> Bool { pathSet.strike(path.id) }
}
