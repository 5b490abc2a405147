import SessionInterfaces
import SessionSwarm

@testable import SessionDevnet

/// What must have been the matter with the network for an answer to be as it is.
struct PeerScene {
    private let stage: PeerStage
    private let transcript: JSONValue
    private let request: JSONValue
    private let response: JSONValue

    init(_ transcript: JSONValue, _ stage: PeerStage) {
        self.stage = stage
        self.transcript = transcript
        request = transcript["request"] ?? .null
        response = transcript["response"] ?? .null
    }

    private var what: String { transcript["what"]?.string ?? "" }
    private var text: String { response["body"]?.string ?? "" }

    /// Brings the network into that state.
    func set() async throws {
        try await setHardFork()
        try await setSwarms()
        try await setMembers()
        if text.hasPrefix("Next node not found: ") {
            let hex = text.dropFirst("Next node not found: ".count)
            if let node = stage.file.nodes.first(where: { $0.keys.publicKey.hex == hex }) {
                try await stage.devnet.setFault(.unknownToOthers, for: node.keys.publicKey)
            }
        } else {
            for node in stage.file.nodes {
                try await stage.devnet.clearFault(.unknownToOthers, of: node.keys.publicKey)
            }
        }
    }

    private func setHardFork() async throws {
        let isOld = text.contains("not yet on hardfork")
        let isEarly = text.contains("not yet active on the network")
        let fork = stage.file.hardFork
        try await stage.devnet.setHardFork(isOld ? .init(19, 2) : isEarly ? .init(19, 3) : fork)
    }

    /// Who is in which swarm: a described swarm has the nodes that are in it, and no others.
    private func setSwarms() async throws {
        let chain = try await stage.devnet.running.context.chain
        if text.contains("not in any swarm") {
            let node = try await stage.node(at: request["to"]?.string ?? lastMoved)
            if chain.node(node.key)?.swarmID != .unassigned {
                try await stage.devnet.moveNode(node.key, to: .unassigned)
            }
            return
        }
        guard let (swarm, members) = try await describedSwarm() else { return try await restoreSwarm() }
        for node in chain.nodes {
            let belongs = members.contains(node.ed25519Key.hex)
            if belongs, node.swarmID != swarm {
                try await stage.devnet.moveNode(node.ed25519Key, to: swarm)
            } else if !belongs, node.swarmID == swarm {
                let other = chain.swarms.ids.first { $0 != swarm } ?? .unassigned
                try await stage.devnet.moveNode(node.ed25519Key, to: other)
            }
        }
    }

    /// The swarm and its members that the answer names, by description or by their parts.
    private func describedSwarm() async throws -> (SwarmID, [String])? {
        let body = response["body_json"] ?? .null
        if let id = body["swarm"]?.string.flatMap({ UInt64($0, radix: 16) }), let nodes = body["snodes"]?.array {
            return (SwarmID(rawValue: id), nodes.compactMap { $0["pubkey_ed25519"]?.string })
        }
        guard let parts = body["swarm"]?.object else { return nil }
        let node = try await stage.node(at: request["to"]?.string)
        let listed = try await stage.devnet.running.context.chain.node(node.key)?.swarmID ?? .unassigned
        return (listed == .unassigned ? node.identity.swarmID : listed, Array(parts.keys))
    }

    /// A node that answers for an account is in its swarm: if it is not, all nodes are back where they began.
    private func restoreSwarm() async throws {
        guard let status = response["status"]?.integer, ![421, 503].contains(status), request["http"] != nil,
            let document = request["body_text"]?.string.flatMap({ JSONValue(decoding: Array($0.utf8)) }),
            let exchange = PeerExchange.list(0, document, status: status, body: .null).first,
            !exchange.method.hasPrefix("get_s"), let account = exchange.account
        else { return }
        let node = try await stage.node(at: request["to"]?.string)
        let chain = try await stage.devnet.running.context.chain
        guard !chain.swarm(of: account).members.contains(where: { $0.ed25519Key == node.key }) else { return }
        for node in stage.file.nodes {
            try await stage.devnet.moveNode(node.keys.publicKey, to: node.identity.swarmID)
        }
    }

    /// A node that the transcripts before have moved: the last of the file's swarm members.
    var lastMoved: String? {
        stage.file.transcripts.prefix { $0["id"] != transcript["id"] }.last { $0["request"]?["to"] != nil }?[
            "request"]?["to"]?
            .string
    }

    /// Members that did not answer are down, or silent when they only stopped; members that answered are not.
    private func setMembers() async throws {
        guard let parts = response["body_json"]?["swarm"]?.object else {
            if response["status"]?.integer == 504, let target = request["path"]?.array?.last?.string {
                let node = try await stage.node(at: target)
                try await stage.devnet.setFault(.silent, for: node.key)
            }
            return
        }
        for (hex, part) in parts {
            guard let key = Ed25519PublicKey(hex: hex) else { continue }
            if part["timeout"] != nil {
                let stopped = what.contains("stopped")
                try await stage.devnet.setFault(stopped ? .silent : .down, for: key)
            } else {
                try await stage.devnet.clearFault(.silent, of: key)
                try await stage.devnet.clearFault(.down, of: key)
            }
        }
    }
}
