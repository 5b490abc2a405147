import SessionInterfaces
import SessionSwarm

/// Takes their rights from subaccounts. Follows protocol document 02, section 4.14.
struct RevokeCall: SwarmCall {
    /// As many as a node keeps for an account.
    private static let limit = MessageTable.revocationLimit

    let account: AccountKey
    private let revocation: Revocation

    init(_ parameters: Parameters) throws(RPCAnswer) {
        revocation = try Revocation("revoke", parameters)
        account = revocation.account
        guard revocation.tokens.count <= Self.limit else {
            throw .invalid("invalid revoke: cannot revoke more than \(Self.limit) subaccounts at once")
        }
    }

    func check(at node: StorageNode, forwarded: Bool) throws {
        try revocation.check(
            .revokeSubaccounts(revocation.tokens, at: revocation.signedAt), "revoke_subaccount", node, forwarded)
    }

    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue] {
        try await node.messages.revoke(revocation.tokens, of: account)
        return ["signature": .string(revocation.signature(by: node))]
    }
}

/// Gives subaccounts their rights back. Follows protocol document 02, section 4.14.
struct UnrevokeCall: SwarmCall {
    let account: AccountKey
    private let revocation: Revocation

    init(_ parameters: Parameters) throws(RPCAnswer) {
        revocation = try Revocation("unrevoke", parameters)
        account = revocation.account
    }

    func check(at node: StorageNode, forwarded: Bool) throws {
        try revocation.check(
            .unrevokeSubaccounts(revocation.tokens, at: revocation.signedAt), "unrevoke_subaccount", node, forwarded)
    }

    func part(at node: StorageNode, flag: JSONValue) async throws -> [String: JSONValue] {
        let count = try await node.messages.unrevoke(revocation.tokens, of: account)
        return ["count": .integer(Int64(count)), "signature": .string(revocation.signature(by: node))]
    }
}

/// What both have in common: only the account itself may do it.
private struct Revocation: Sendable {
    let account: AccountKey
    let tokens: [SubaccountToken]
    let signedAt: Timestamp
    private let signer: Signer

    init(_ name: String, _ parameters: Parameters) throws(RPCAnswer) {
        try parameters.checkStrings("pubkey", "pubkey_ed25519")
        let values = try parameters.binaries(name) { $0 }
        try parameters.checkStrings("signature")
        let timestamp = try parameters.timestamp("timestamp")
        (account, signer) = try Signer.required(in: parameters, subaccounts: false)
        guard let timestamp else { throw .missing("timestamp") }
        guard let values else { throw .missing(name) }
        signedAt = timestamp
        var tokens: [SubaccountToken] = []
        for value in values {
            guard let token = SubaccountToken(value) else {
                throw .invalid("invalid \(name): expected 48 base64 or 72 hex characters")
            }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    func check(_ text: SignedText, _ name: String, _ node: StorageNode, _ forwarded: Bool) throws {
        let isLate = forwarded && node.network.generation.forwardsRevocationsLate
        guard node.isNow(signedAt, within: SignatureTime.tolerance(forwarded: isLate)) else {
            throw RPCAnswer.text(406, "\(name) timestamp too far from current time")
        }
        guard signer.signed(text, for: account, needing: []) else {
            throw RPCAnswer.text(401, "\(name) signature verification failed")
        }
    }

    func signature(by node: StorageNode) -> String {
        node.sign(MemberText(account, signedAt, tokens: tokens).bytes)
    }
}

/// The tokens that an account has revoked; not for `05` accounts. Follows protocol document 02, section 4.15.
struct RevokedSubaccountsCall: StorageCall {
    private let account: AccountKey
    private let signedAt: Timestamp
    private let signer: Signer

    init(_ parameters: Parameters) throws(RPCAnswer) {
        try parameters.checkStrings("pubkey", "signature")
        let timestamp = try parameters.timestamp("timestamp")
        (account, signer) = try Signer.required(in: parameters, subaccounts: false)
        guard let timestamp else { throw .missing("timestamp") }
        signedAt = timestamp
    }

    func answer(at node: StorageNode) async throws -> RPCAnswer {
        try node.requireSwarm(of: account)
        guard node.isNow(signedAt) else {
            throw RPCAnswer.text(406, "revoked_subaccounts timestamp too far from current time")
        }
        guard signer.signed(.revokedSubaccounts(at: signedAt), for: account, needing: []) else {
            throw RPCAnswer.text(401, "revoked_subaccounts signature verification failed")
        }
        let tokens = try await node.messages.revokedTokens(of: account)
        return .json(node.stamped(["revoked_subaccounts": .array(tokens.map { .string(Base64.encode($0.bytes)) })]))
    }
}
