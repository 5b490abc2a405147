import FoundationEssentials
import Glibc
import SessionCrypto
import SessionDevnet
import SessionInterfaces
import SessionSwarm
import Synchronization

/// The network from the transport to the swarm, over TLS on the loopback interface, client and nodes in one process.
///
/// Prints Markdown tables. Takes less than three minutes on two cores.
enum NetworkBenchmarks {
    /// - Parameter part: only this one.
    static func run(part: String?) async throws {
        func includes(_ name: String) -> Bool { part == nil || part == name }
        if includes("nodes") {
            say(
                "| node, asked directly | store | in flight | requests/s | p50 ms | p99 ms | processor ms |\n|---|---|---|---|---|---|---|"
            )
            for backend in ["memory", "lmdb", "sqlite"] { try await measureNode(backend) }
        }
        if includes("polls") {
            say("\n| poll for what is new | store | messages in the account | p50 ms | p99 ms |\n|---|---|---|---|---|")
            for backend in ["memory", "lmdb"] { try await measureGrowth(backend) }
        }
        if includes("paths") {
            say(
                "\n| through three hops | store | in flight | operations/s | p50 ms | p99 ms | processor ms |\n|---|---|---|---|---|---|---|"
            )
            try await measurePaths()
        }
        if includes("transport") { try await TransportBenchmarks.run() }
        if includes("lists") {
            say("\n\(Figures.head)")
            for comparison in try SwarmBenchmarks.all() { say(try await comparison.measure(rounds: 10).row) }
        }
        say("\nLoad averages of the machine afterwards: \(loadAverages).")
    }

    // MARK: - Nodes

    private static func measureNode(_ backend: String) async throws {
        try await NetworkFixture.run(backend) { fixture in
            let account = NetworkAccount()
            let node = fixture.member(for: account.keys.accountID)
            let info = try StorageRequest(method: "info").document()
            try await row("info", backend, 8000, 16) { _, _ in try await fixture.post(info, to: node) }
            for inFlight in [1, 16, 64] {
                let items = (0..<(inFlight == 1 ? 1000 : 4000)).map { _ in account.item() }
                let stores = try items.map {
                    try StorageRequest.store($0, credential: nil, signedAt: $0.timestamp).document()
                }
                try await row("store 200 bytes, kept by three", backend, stores.count, inFlight) { number, _ in
                    try await fixture.post(stores[number], to: node)
                }
            }
            let last = account.item()
            let store = try StorageRequest.store(last, credential: nil, signedAt: last.timestamp).document()
            try await fixture.post(store, to: node)
            let poll = try account.poll(after: last.hash)
            for inFlight in [1, 16] {
                try await row("poll without news", backend, inFlight == 1 ? 2000 : 8000, inFlight) { _, _ in
                    try await fixture.post(poll, to: node)
                }
            }
        }
    }

    private static func row(
        _ name: String, _ backend: String, _ count: Int, _ inFlight: Int,
        _ body: @escaping @Sendable (Int, Int) async throws -> Void
    ) async throws {
        _ = try await NetworkLoad.run(inFlight, inFlight: inFlight) { number, caller in
            // Connections first. Nothing that is stored here is stored again below.
            try await body(number, caller)
        }
        let load = try await NetworkLoad.run(count - inFlight, inFlight: inFlight) { number, caller in
            try await body(number + inFlight, caller)
        }
        say("| \(name) | \(backend) | \(inFlight) | \(load.columns) |")
    }

    // MARK: - Growing accounts

    private static func measureGrowth(_ backend: String) async throws {
        try await NetworkFixture.run(backend, nodes: 4, swarms: 4) { fixture in
            let account = NetworkAccount()
            let node = fixture.member(for: account.keys.accountID)
            var count = 0
            for size in [1000, 10_000, 100_000] {
                _ = try await NetworkLoad.run((size - count) / 20, inFlight: 16) { _, _ in
                    let batch = try StorageRequest.batch(
                        (0..<20).map { _ in
                            let item = account.item(size: 300)
                            return try .store(item, credential: nil, signedAt: item.timestamp)
                        })
                    try await fixture.post(try batch.document(), to: node)
                }
                count = size
                let last = account.item()
                try await fixture.post(
                    try StorageRequest.store(last, credential: nil, signedAt: last.timestamp).document(), to: node)
                let poll = try account.poll(after: last.hash)
                let load = try await NetworkLoad.run(500, inFlight: 1) { _, _ in
                    try await fixture.post(poll, to: node)
                }
                let times = [0.5, 0.99].map { Figures.rounded(load.percentile($0) / .milliseconds(1)) }
                say("| newest message | \(backend) | \(size) | \(times[0]) | \(times[1]) |")
            }
        }
    }

    // MARK: - Paths

    private static func measurePaths() async throws {
        try await NetworkFixture.run("memory") { fixture in
            let client = try await fixture.client()
            let account = NetworkAccount()
            let credential = SwarmCredential.owner(account.keys.ed25519)
            let newest = try await client.store(account.item(), quorum: .all)
            try await row("poll without news", "memory", 4000, 16) { _, _ in
                let answer = try await client.retrieve(
                    account.keys.accountID, [.messages], credential: credential, since: { _, _ in newest.hash })
                guard answer.batches.first?.messages.isEmpty == true else {
                    throw NetworkFixture.Unexpected(answer: "a poll found \(answer.batches)")
                }
            }
        }
        for (backend, inFlight, count) in [
            ("memory", 1, 300), ("memory", 16, 2000), ("memory", 256, 4000), ("lmdb", 16, 2000),
        ] {
            try await NetworkFixture.run(backend) { fixture in
                let client = try await fixture.client()
                let callers = (0..<inFlight).map { _ in PathCaller(client) }
                try await row("store 200 bytes and retrieve them", backend, count, inFlight) { _, caller in
                    try await callers[caller].exchange()
                }
            }
        }
    }

    /// Stores a message in its account's swarm and fetches it from there, again and again.
    private final class PathCaller: Sendable {
        private let client: SwarmClient
        private let account = NetworkAccount()
        private let last = Mutex<MessageHash?>(nil)

        init(_ client: SwarmClient) { self.client = client }

        func exchange() async throws {
            let item = account.item()
            let previous = last.withLock { $0 }
            // All members have it then, whichever is asked, and in the same order.
            let receipt = try await client.store(item, quorum: .all)
            let answer = try await client.retrieve(
                account.keys.accountID, [.messages], credential: .owner(account.keys.ed25519),
                since: { _, _ in previous })
            guard answer.batches.first?.messages.map(\.data) == [item.data] else {
                throw NetworkFixture.Unexpected(answer: "not the one message that was stored")
            }
            last.withLock { $0 = receipt.hash }
        }
    }

    // MARK: - Output

    /// A line at once: the whole takes minutes.
    static func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    private static var loadAverages: String {
        let text = (try? Data(contentsOf: URL(filePath: "/proc/loadavg"))).map { String(decoding: $0, as: UTF8.self) }
        return (text ?? "").split(separator: " ").prefix(3).joined(separator: ", ")
    }
}
