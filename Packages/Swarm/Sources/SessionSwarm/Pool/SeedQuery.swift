import HTTPTypes
import SessionInterfaces

/// Gets the list of nodes from a network's seeds. Follows protocol document 02, section 1.1.
struct SeedQuery: Sendable {
    let network: Network
    let transport: any Transport
    let policy: NodePoolPolicy

    /// - Throws: `RouterError(.noPath)` when no attempt brings a list, or `CancellationError`.
    func nodes(attempts: Int) async throws -> [ServiceNode] {
        guard !network.seeds.isEmpty else { throw RouterError(.noPath, "\(network.name) has no seeds") }
        var failure: (any Error)?
        var backOff = policy.seedBackOff
        for attempt in 1...max(1, attempts) {
            if attempt > 1 {
                try await Task.sleep(for: backOff)
                backOff *= 2
            }
            do {
                return try await firstList()
            } catch {
                try Task.checkCancellation()
                failure = error
            }
        }
        throw RouterError(.noPath, "no seed of \(network.name) gives a list of service nodes", underlying: failure)
    }

    /// Asks all seeds at once; the first good answer counts.
    private func firstList() async throws -> [ServiceNode] {
        try await withThrowingTaskGroup(of: Result<[ServiceNode], any Error>.self) { group in
            for seed in network.seeds {
                group.addTask {
                    do {
                        return .success(try await list(from: seed))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            defer { group.cancelAll() }
            var failure: (any Error)?
            for try await result in group {
                switch result {
                case .success(let nodes): return nodes
                case .failure(let error): failure = error
                }
            }
            throw failure ?? CancellationError()
        }
    }

    private func list(from seed: Network.Seed) async throws -> [ServiceNode] {
        let response = try await transport.send(try request(to: seed))
        guard response.head.status == .ok else {
            throw SwarmError(status: response.head.status.code, text: response.head.status.reasonPhrase)
        }
        let nodes = try NodeList.nodes(in: response.body)
        guard nodes.count >= network.rules.minimumPoolSize else {
            throw SwarmError(
                .unreliableNodeList,
                "the seed lists \(nodes.count) usable service nodes, fewer than \(network.rules.minimumPoolSize)")
        }
        return nodes
    }

    private func request(to seed: Network.Seed) throws -> TransportRequest {
        let parts = seed.origin.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasSuffix(":"), parts[1].isEmpty, !parts[2].isEmpty else {
            throw TransportError(.invalidRequest, "the seed's address is not a scheme, a host and a port")
        }
        let head = HTTPRequest(
            method: .post, scheme: String(parts[0].dropLast()), authority: String(parts[2]), path: "/json_rpc",
            headerFields: Self.headers)
        return TransportRequest(
            head, body: try NodeList.seedDocument(), trust: seed.trust, timeLimit: policy.seedTimeLimit)
    }

    /// What the common client sends, so that nobody on the way sees which client this is.
    private static let headers: HTTPFields = [
        .contentType: "application/json", .userAgent: "WhatsApp", .acceptLanguage: "en-us",
    ]
}
