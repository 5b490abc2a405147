import HTTPTypes
import SessionInterfaces
import SessionOnionPath

/// The routes of a service node's HTTPS listener. Follows protocol document 02, section 6.1.
struct StorageService: Sendable {
    private static let longPoll = HTTPField.Name("X-Loki-Long-Poll")
    private static let nodeKey = HTTPField.Name("X-Oxen-Snode-Pubkey")

    let node: StorageNode

    /// Bytes of the largest request body. What a node passes on may exceed what it got by its signature.
    static func bodyLimit(at path: String) -> Int {
        OnionEntry.maximumBodySize + (path == RelayedRequest.path ? RelayedRequest.overhead : 0)
    }

    static func serverName(_ version: ServiceNode.Version) -> String { "Oxen Storage Server/\(version)" }

    /// Nil when the connection is to end without an answer.
    func answer(_ call: HTTPCall) async -> HTTPAnswer? {
        await node.condition.pause()
        let answer = await route(call)
        return node.condition.has(.lostAnswers) ? nil : answer
    }

    private func route(_ call: HTTPCall) async -> HTTPAnswer {
        switch (call.method, call.path) {
        case (.post, RoutedRequest.storageRPCPath): return await storageRPC(call)
        case (.post, OnionEntry.requestPath):
            if let unready { return unready }
            return await OnionService(node: node).enter(call)
        case (.post, RelayedRequest.path): return await OnionService(node: node).relayed(call)
        case (.post, "/ping_test/v1"): return pong
        case (.get, "/get_stats/v1"): return .json(["version": .string("\(node.network.chain.version)")])
        default: return .text(404, "\(call.method.rawValue.lowercased()) \(call.path) Not Found")
        }
    }

    private func storageRPC(_ call: HTTPCall) async -> HTTPAnswer {
        if let longPoll = Self.longPoll, call.headers.contains(longPoll) {
            return .text(410, "long polling is no longer supported, client upgrade required")
        }
        if let unready { return unready }
        guard !node.condition.has(.rateLimited), node.limiter?.admits(call.clientAddress) ?? true else {
            return .text(429, "Too Many Requests\n")
        }
        node.record(.itself, from: .client(call.clientAddress), size: call.body.count)
        return await node.answer(call.body).http
    }

    private var unready: HTTPAnswer? {
        node.unreadiness.map { .text(503, "Service node is not ready: \($0)\n") }
    }

    private var pong: HTTPAnswer {
        var answer = HTTPAnswer.text(200, "")
        if let name = Self.nodeKey { answer.headers[name] = Base64.encode(node.identity.legacyKey.bytes) }
        return answer
    }
}
