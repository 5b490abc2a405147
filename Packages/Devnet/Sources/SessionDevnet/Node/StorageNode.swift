import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// One service node: its keys, the messages it keeps, and its HTTPS listener.
final class StorageNode: Sendable {
    let identity: NodeIdentity
    let network: NodeContext
    let messages: MessageTable

    init(identity: NodeIdentity, messages: MessageTable, network: NodeContext) {
        self.identity = identity
        self.messages = messages
        self.network = network
    }

    var key: Ed25519PublicKey { identity.key }

    /// The node as the chain lists it. Nothing listens for OMQ or QUIC.
    func listed(at address: IPv4Address, port: UInt16) -> ServiceNode {
        ServiceNode(
            ed25519Key: key, x25519Key: identity.keys.x25519.publicKey, address: address, httpsPort: port, omqPort: 0,
            version: network.chain.version, swarmID: identity.swarmID)
    }

    /// The answer to a storage RPC document, however it arrived.
    func answer(_ document: [UInt8]) async -> RPCAnswer {
        do {
            return await answer(try StorageMethods.call(decoding: document))
        } catch {
            return error
        }
    }

    func answer(_ call: any StorageCall) async -> RPCAnswer {
        do {
            return try await call.answer(at: self)
        } catch let refusal as RPCAnswer {
            return refusal
        } catch {
            return .text(500, "request failed")
        }
    }
}

extension StorageNode {
    /// The members of the account's swarm, if this node is one of them.
    /// - Throws: `RPCAnswer`, a 421 with the right swarm.
    @discardableResult
    func requireSwarm(of account: AccountKey) throws(RPCAnswer) -> [ServiceNode] {
        let members = network.chain.swarm(of: account).members
        guard members.contains(where: { $0.ed25519Key == key }) else {
            var body = network.chain.swarmDescription(of: account)
            body["pubkey"] = .string(account.hex)
            throw RPCAnswer(status: 421, body: .json(stamped(body)))
        }
        return members
    }

    /// `members` with the node's clock and hard fork, which nearly every answer carries.
    func stamped(_ members: [String: JSONValue]) -> JSONValue {
        var members = members
        members["t"] = .integer(network.clock.now().milliseconds)
        members["hf"] = .hardFork(network.chain.hardFork)
        return .object(members)
    }

    func isNow(_ moment: Timestamp, within tolerance: Duration = SignatureTime.tolerance) -> Bool {
        let now = network.clock.now()
        return (now - tolerance...now + tolerance).contains(moment)
    }

    /// Base64 of this node's signature over `text`.
    func sign(_ text: String) -> String {
        Base64.encode(identity.keys.sign(Array(text.utf8)))
    }
}
