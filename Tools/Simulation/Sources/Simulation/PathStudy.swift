import SessionInterfaces
@_spi(Simulation) import SessionOnionPath

/// Which nodes become guards and exits when very many paths are chosen.
struct PathStudy {
    static let pathCount = 50_000

    /// How often the nodes were chosen for one position.
    struct Spread {
        let expected: Double
        let least: Int
        let most: Int
        /// Pearson's statistic over its degrees of freedom: near 1 when every node is as likely as any other.
        let chiSquareRatio: Double
    }

    let guards: Spread
    let exits: Spread
    /// Paths with two nodes of one /24 network.
    let sharedSubnets: Int
    let timeForEach: Duration

    init(_ population: Population, separatesSubnets: Bool, random: any RandomSource) throws {
        let pool = population.nodes.map(\.node)
        let selection = PathSelection(length: 3, separatesSubnets: separatesSubnets)
        var generator = random.generator
        var paths: [[ServiceNode]] = []
        paths.reserveCapacity(Self.pathCount)
        let time = ContinuousClock().measure {
            for _ in 0..<Self.pathCount {
                if let path = selection.choose(from: pool, using: &generator) { paths.append(path) }
            }
        }
        guard paths.count == Self.pathCount else { throw SimulationError.unexpected("a path that could not be built") }
        timeForEach = time / Self.pathCount
        guards = Self.spread(paths.map { $0[0] }, over: pool)
        exits = Self.spread(paths.map { $0[2] }, over: pool)
        sharedSubnets = paths.count { Set($0.map(\.address.subnet24)).count < $0.count }
    }

    private static func spread(_ chosen: [ServiceNode], over pool: [ServiceNode]) -> Spread {
        var counts: [Ed25519PublicKey: Int] = [:]
        for node in chosen { counts[node.ed25519Key, default: 0] += 1 }
        let all = pool.map { counts[$0.ed25519Key] ?? 0 }
        let expected = Double(chosen.count) / Double(pool.count)
        let chiSquare = all.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        return Spread(
            expected: expected, least: all.min() ?? 0, most: all.max() ?? 0,
            chiSquareRatio: chiSquare / Double(pool.count - 1))
    }
}
