public import SessionInterfaces

/// What a set of paths is for, and whose: a path never serves two purposes.
@_spi(Simulation) public struct PathPurpose: Hashable, Sendable {
    public var isolation: PathIsolation
    public var category: PathCategory

    public init(isolation: PathIsolation = .shared, category: PathCategory = .standard) {
        self.isolation = isolation
        self.category = category
    }
}
