import SessionCrypto
import SessionInterfaces
import SessionOnionPath
import SessionSwarm

/// Messages stored by clients that start with a list of nodes some of which have died since.
///
/// The clients are the toolkit's own: pool, router and swarm client as `sessionctl` uses them; only the transport is
/// simulated.
struct DeliveryStudy {
    static let clients = 60
    static let messagesPerClient = 5
    static let deadShares = [0.0, 0.05, 0.1, 0.2, 0.3]

    /// One share of dead nodes.
    struct Outcome {
        let deadShare: Double
        let delivered: Double
        /// Onion requests for each message.
        let requests: Double
        /// Time until the outcome of a message, on average.
        let wait: Duration
        /// Messages that more than one swarm holds. None may.
        let duplicates: Int
    }

    let population: Population
    let silence: SimulatedNetwork.Silence

    func run(retrying: Bool) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for share in Self.deadShares { outcomes.append(try await outcome(share, retrying: retrying)) }
        return outcomes
    }

    private func outcome(_ share: Double, retrying: Bool) async throws -> Outcome {
        let random = SeededRandom(seed: UInt64(share * 1000) + 1)
        var generator = random.generator
        let count = Int(Double(population.nodes.count) * share)
        let dead = Set(population.nodes.shuffled(using: &generator).prefix(count).map(\.node.ed25519Key))
        let network = SimulatedNetwork(population, dead: dead, silence: silence, random: random)
        var delivered = 0
        for _ in 0..<Self.clients {
            delivered += try await Client(network, retrying: retrying, random: random).sendAll()
        }
        let account = network.settle()
        let messages = Self.clients * Self.messagesPerClient
        return Outcome(
            deadShare: share, delivered: Double(delivered) / Double(messages),
            requests: Double(account.requests) / Double(messages), wait: account.waited / messages,
            duplicates: account.astray)
    }

    /// One installation with a pool and paths of its own.
    private struct Client {
        let swarm: SwarmClient
        let random: any RandomSource

        init(_ network: SimulatedNetwork, retrying: Bool, random: any RandomSource) {
            let described = Network(
                name: "simulation", seeds: [.init(origin: "http://seed:1", trust: .none)], rules: .standard)
            let pool = NodePool(network: described, transport: network, clock: SystemClock(), random: random)
            let router = OnionRouter(
                nodes: pool, transport: network, rules: described.rules, random: random,
                configuration: .init(attempts: retrying ? 3 : 1))
            var configuration = SwarmClient.Configuration()
            configuration.retryPause = .zero
            if !retrying { configuration.attempts = 1 }
            swarm = SwarmClient(pool: pool, router: router, random: random, configuration: configuration)
            self.random = random
        }

        /// Returns how many messages arrived.
        func sendAll() async throws -> Int {
            var delivered = 0
            for _ in 0..<DeliveryStudy.messagesPerClient {
                let item = StorageItem(
                    account: AccountID(prefix: .standard, key: Bytes32 { random.fill($0) }), namespace: .messages,
                    data: random.bytes(400), timestamp: SystemClock().now(), timeToLive: .seconds(14 * 86_400))
                do {
                    _ = try await swarm.store(item)
                    delivered += 1
                } catch is RouterError {
                } catch is SwarmError {
                }
            }
            return delivered
        }
    }
}
