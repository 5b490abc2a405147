import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// One service node: its keys, the messages it keeps, and its HTTPS listener.
final class StorageNode: Sendable {
    let identity: NodeIdentity
    let network: NodeContext
    let messages: MessageTable
    let condition = NodeCondition()
    let subscriptions = Subscriptions()
    let limiter: RateLimiter?

    init(identity: NodeIdentity, messages: MessageTable, network: NodeContext) {
        self.identity = identity
        self.messages = messages
        self.network = network
        limiter = network.settings.rateLimit.map { RateLimiter($0) }
    }

    var key: Ed25519PublicKey { identity.key }

    /// The node's own clock.
    var now: Timestamp { network.clock.now() + condition.skew }

    /// The answer to a storage RPC document, however it arrived.
    func answer(_ document: [UInt8]) async -> RPCAnswer {
        do {
            return await answer(try StorageMethods.call(decoding: document, of: network.generation))
        } catch {
            return error
        }
    }

    func answer(_ call: any StorageCall) async -> RPCAnswer {
        await begin(call).value
    }

    /// Does the node's own share of a call.
    func begin(_ call: any StorageCall) async -> BegunAnswer {
        do {
            return try await call.begin(at: self)
        } catch let refusal as RPCAnswer {
            return .ready(refusal)
        } catch {
            return .ready(.text(500, "request failed"))
        }
    }
}

extension StorageNode {
    /// Refuses accounts of other swarms.
    /// - Throws: `RPCAnswer`, a 421 with the right swarm.
    func requireSwarm(of account: AccountKey) throws(RPCAnswer) {
        let (id, members) = network.chain.swarm(of: account)
        guard !members.contains(where: { $0.ed25519Key == key }) else { return }
        var body = network.chain.swarmDescription(of: account)
        if network.generation.namesAccountOfOtherSwarm {
            guard id != .unassigned else { throw .text(500, "No swarms known!") }
            body["pubkey"] = .string(account.hex)
        }
        throw RPCAnswer(status: 421, body: .json(stamped(body)))
    }

    /// The other members of the account's swarm that this node knows.
    /// - Throws: `RPCAnswer`, a 421 with the right swarm.
    func peers(for account: AccountKey) throws(RPCAnswer) -> [Ed25519PublicKey] {
        try requireSwarm(of: account)
        return network.chain.swarm(of: account).members.map(\.ed25519Key).filter { $0 != key && !isUnknown($0) }
    }

    /// Whether this node has not heard of another that is on the list.
    func isUnknown(_ other: Ed25519PublicKey) -> Bool {
        network.roster.node(other)?.condition.has(.unknownToOthers) ?? false
    }

    /// `members` with the node's clock and hard fork, which nearly every answer carries.
    func stamped(_ members: [String: JSONValue]) -> JSONValue {
        var members = members
        members["t"] = .integer(now.milliseconds)
        members["hf"] = .hardFork(network.chain.hardFork)
        return .object(members)
    }

    func isNow(_ moment: Timestamp, within tolerance: Duration = SignatureTime.tolerance) -> Bool {
        let now = now
        return (now - tolerance...now + tolerance).contains(moment)
    }

    /// Base64 of this node's signature over `text`.
    func sign(_ text: [UInt8]) -> String {
        var signature = identity.keys.sign(text)
        if condition.has(.wrongSignature) { signature[0] ^= 1 }
        return Base64.encode(signature)
    }

    /// Why the node serves no clients; nil when it does.
    var unreadiness: String? {
        if condition.has(.notReady) { return "not synchronised" }
        if network.chain.hardFork < .readiness { return "not yet on hardfork 19.3" }
        return network.chain.node(key).map { $0.swarmID == .unassigned } ?? true ? "not in any swarm" : nil
    }
}

extension DevnetSettings.HardFork {
    /// Servers answer from this one on.
    fileprivate static let readiness = DevnetSettings.HardFork(19, 3)
}
