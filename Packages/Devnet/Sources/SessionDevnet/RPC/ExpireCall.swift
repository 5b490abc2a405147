import SessionInterfaces
import SessionSwarm

/// Changes when messages expire. Follows protocol document 02, section 4.12.
struct ExpireCall: SwarmCall {
    private static let longestLifetime = Duration.days(30)
    private static let listsBegan = DevnetSettings.HardFork(19, 4)

    let account: AccountKey
    private let hashes: [MessageHash]
    /// One for all, or one for each hash.
    private let expiries: [Timestamp]
    private let change: SignedText.ExpiryChange
    private let signer: Signer

    init(_ parameters: Parameters) throws(RPCAnswer) {
        let expiries = try parameters.timestamps("expiry")
        let extends = try parameters.flag("extend") ?? false
        let hashes = try parameters.strings("messages")
        try parameters.checkStrings("pubkey", "pubkey_ed25519")
        let shortens = try parameters.flag("shorten") ?? false
        try parameters.checkStrings("signature", "subaccount", "subaccount_sig")
        (account, signer) = try Signer.required(in: parameters)
        self.hashes = try MessageHash.list(hashes)
        guard let expiries else { throw .missing("expiry") }
        guard !(extends && shortens) else { throw .invalid("cannot specify both 'shorten' and 'extend'") }
        guard expiries.count == 1 || expiries.count == self.hashes.count else {
            throw .invalid("'expiry' must be a single expiry, or the same length as 'messages'")
        }
        self.expiries = expiries
        change = extends ? .extend : shortens ? .shorten : .set
        if shortens, mayOnlyExtend { throw .invalid("shorten requires a subaccount with delete permission") }
    }

    private var mayOnlyExtend: Bool {
        signer.rights.map { !$0.contains(.delete) } ?? false
    }

    func check(at node: StorageNode, forwarded: Bool) async throws {
        let network = node.network
        if expiries.count > 1, !network.generation.alwaysTakesExpiryLists, network.chain.hardFork < Self.listsBegan {
            throw RPCAnswer.text(403, "expire: multi-expiry requests are not yet active on the network")
        }
        let earliest = node.now - SignatureTime.tolerance(forwarded: forwarded)
        guard expiries.allSatisfy({ $0 >= earliest }) else {
            throw RPCAnswer.text(401, "expire: timestamp should be >= current time")
        }
        let text = SignedText.expire(change, expiries, hashes)
        guard try await signer.signed(text, for: account, needing: .write, at: node) else {
            throw RPCAnswer.text(401, "expire: signature verification failed")
        }
    }

    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue] {
        let latest = node.now + Self.longestLifetime
        let wanted = expiries.map { min($0, latest) }
        let rule = ExpiryRule(
            change: mayOnlyExtend ? .extend : change,
            ignoresSlightExtension: node.network.generation.ignoresSlightExtension)
        let outcome = try await node.messages.expire(
            Dictionary(zip(hashes, wanted.count == 1 ? hashes.map { _ in wanted[0] } : wanted)) { _, last in last },
            of: account, by: rule)
        let applied = expiries.count == 1 ? wanted : outcome.updated.map(\.expiry)
        let updated = outcome.updated.map(\.hash)
        var text = MemberText(account, applied, requested: hashes, affected: updated)
        var part: [String: JSONValue] = [
            "updated": .hashes(updated),
            "expiry": expiries.count == 1
                ? .integer(wanted[0].milliseconds) : .array(applied.map { .integer($0.milliseconds) }),
        ]
        if change != .set {
            for message in outcome.unchanged { text.append("\(message.hash.text)\(message.expiry.milliseconds)") }
            part["unchanged"] = .object(
                Dictionary(outcome.unchanged.map { ($0.hash.text, .integer($0.expiry.milliseconds)) }) { $1 })
        }
        part["signature"] = .string(node.sign(text.bytes))
        return part
    }
}

/// Lets what would live longer than up to a certain time expire then. Follows protocol document 02, section 4.11.
struct ExpireAllCall: SwarmCall {
    let account: AccountKey
    private let scope: SignedText.Scope
    private let expiry: Timestamp
    private let signer: Signer

    init(_ parameters: Parameters) throws(RPCAnswer) {
        let expiry = try parameters.timestamp("expiry")
        scope = try parameters.scope() ?? .namespace(.messages)
        try parameters.checkStrings("pubkey", "pubkey_ed25519", "signature", "subaccount", "subaccount_sig")
        (account, signer) = try Signer.required(in: parameters)
        guard let expiry else { throw .missing("expiry") }
        self.expiry = expiry
    }

    func check(at node: StorageNode, forwarded: Bool) async throws {
        guard expiry >= node.now - SignatureTime.tolerance(forwarded: forwarded) else {
            throw RPCAnswer.text(406, "expire_all timestamp should be >= current time")
        }
        let text = SignedText.expireAll(scope, expiry)
        guard try await signer.signed(text, for: account, needing: .delete, at: node) else {
            throw RPCAnswer.text(401, "expire_all signature verification failed")
        }
    }

    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue] {
        let updated = try await node.messages.shortenAll(of: account, in: scope.namespace, to: expiry)
        return [
            "updated": .hashes(updated, in: scope),
            "signature": .string(node.sign(MemberText(account, expiry, affected: updated.map(\.hash)).bytes)),
        ]
    }
}
