import SessionInterfaces
import SessionSwarm

/// How a million accounts fall to the swarms.
struct MappingStudy {
    static let accountCount = 1_000_000

    let mean: Double
    let least: Int
    let most: Int
    let time: Duration

    init(_ population: Population, random: any RandomSource) {
        let ids = Set(population.nodes.map(\.node.swarmID)).sorted()
        let accounts = (0..<Self.accountCount).map { _ in
            AccountID(prefix: .standard, key: Bytes32 { random.fill($0) })
        }
        var counts: [SwarmID: Int] = [:]
        var swarms: [SwarmID] = []
        swarms.reserveCapacity(accounts.count)
        time = ContinuousClock().measure {
            for account in accounts { swarms.append(SwarmMapping.swarm(of: account, among: ids) ?? .unassigned) }
        }
        for swarm in swarms { counts[swarm, default: 0] += 1 }
        mean = Double(accounts.count) / Double(ids.count)
        least = ids.map { counts[$0] ?? 0 }.min() ?? 0
        most = counts.values.max() ?? 0
    }
}
