import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// What clients sign in storage requests, and nodes in their answers.
enum SignatureRunner {
    static func signatures(_ file: Vector, _ tally: Tally) throws {
        let keys = try Keys(file["keys"])
        try tally.checkEach(file.requests) { row in
            let signer = try row.params.pubkey.account.prefix == .group ? keys.group : keys.user
            try check(try request(row.params, row.endpoint), row, by: signer)
        }
        try tally.checkEach(file.subaccounts) { try subaccount($0, keys, at: file.timestamps_ms.T) }
        try tally.checkEach(file.node_replies) { row in
            try check(try reply(row, keys), row, by: keys.node)
        }
    }

    private struct Keys {
        let user: Ed25519KeyPair
        let group: Ed25519KeyPair
        let subaccount: Ed25519KeyPair
        let node: Ed25519KeyPair
        let userAccount: AccountID
        let groupAccount: AccountID

        init(_ row: Vector) throws {
            user = try row.user_seed.ed25519Pair
            group = try row.group_seed.ed25519Pair
            subaccount = try row.subaccount_seed.ed25519Pair
            node = try row.node_seed.ed25519Pair
            userAccount = try row.user_account.account
            groupAccount = try row.group_account.account
        }
    }

    private static func check(_ bytes: [UInt8], _ row: Vector, by signer: Ed25519KeyPair) throws {
        if row.signed_hex.isPresent { try expect(bytes, equals: row.signed_hex) }
        if row.signed_ascii.isPresent { try expect(String(decoding: bytes, as: UTF8.self), equals: row.signed_ascii) }
        try expect(Base64.encode(signer.sign(bytes)), equals: row.signature)
        expect(Ed25519.verify(try row.signature.base64, of: bytes, by: signer.publicKey), row)
    }
}

// MARK: - Requests

extension SignatureRunner {
    private static func request(_ parameters: Vector, _ endpoint: Vector) throws -> [UInt8] {
        switch try endpoint.text {
        case "store":
            let moment = parameters.sig_timestamp.isPresent ? parameters.sig_timestamp : parameters.timestamp
            return SignedText.store(try namespace(parameters), at: try moment.moment).bytes
        case "retrieve":
            return SignedText.retrieve(try namespace(parameters), at: try parameters.timestamp.moment).bytes
        case "delete": return SignedText.delete(try parameters.messages.hashes).bytes
        case "delete_all": return SignedText.deleteAll(try scope(parameters), at: try parameters.timestamp.moment).bytes
        case "delete_before": return SignedText.deleteBefore(try scope(parameters), try parameters.before.moment).bytes
        case "expire_all": return SignedText.expireAll(try scope(parameters), try parameters.expiry.moment).bytes
        case "expire":
            return SignedText.expire(
                try change(parameters), try parameters.expiry.moments, try parameters.messages.hashes
            ).bytes
        case "get_expiries":
            return SignedText.getExpiries(try parameters.messages.hashes, at: try parameters.timestamp.moment).bytes
        case "revoke_subaccount":
            return SignedText.revokeSubaccounts(
                try parameters.revoke.tokens, at: try parameters.timestamp.moment
            ).bytes
        case "unrevoke_subaccount":
            return SignedText.unrevokeSubaccounts(
                try parameters.unrevoke.tokens, at: try parameters.timestamp.moment
            ).bytes
        case "revoked_subaccounts": return SignedText.revokedSubaccounts(at: try parameters.timestamp.moment).bytes
        default: throw endpoint.notUnderstood("an endpoint")
        }
    }

    private static func namespace(_ parameters: Vector) throws -> Namespace {
        guard parameters.namespace.isPresent else { return .messages }
        guard let number = Int16(exactly: try parameters.namespace.integer) else {
            throw parameters.namespace.notUnderstood("a namespace")
        }
        return Namespace(rawValue: number)
    }

    private static func scope(_ parameters: Vector) throws -> SignedText.Scope {
        if (try? parameters.namespace.text) == "all" { return .all }
        return .namespace(try namespace(parameters))
    }

    private static func change(_ parameters: Vector) throws -> SignedText.ExpiryChange {
        if parameters.shorten.isPresent, try parameters.shorten.bool { return .shorten }
        if parameters.extend.isPresent, try parameters.extend.bool { return .extend }
        return .set
    }

    private static func subaccount(_ row: Vector, _ keys: Keys, at moment: Vector) throws {
        let rights = SubaccountToken.Rights(rawValue: UInt8(truncatingIfNeeded: try row.flags.integer))
        let token = SubaccountToken(.group, rights, for: keys.subaccount.publicKey)
        try expect(token.bytes, equals: row.token_hex)
        try expect(Base64.encode(token.bytes), equals: row.token_base64)
        try expect(Base64.encode(keys.group.sign(token.bytes)), equals: row.subaccount_sig)
        let moment = try moment.moment
        for (text, signed, signature) in [
            (SignedText.retrieve(.groupMessages, at: moment), row.retrieve_ns11_signed, row.retrieve_ns11_signature),
            (SignedText.store(.groupMessages, at: moment), row.store_ns11_signed, row.store_ns11_signature),
        ] {
            try expect(String(decoding: text.bytes, as: UTF8.self), equals: signed)
            try expect(Base64.encode(keys.subaccount.sign(text.bytes)), equals: signature)
        }
    }
}

// MARK: - Answers

extension SignatureRunner {
    private static func reply(_ row: Vector, _ keys: Keys) throws -> [UInt8] {
        let account = keys.userAccount
        switch try row.endpoint.text {
        case "store":
            // The signed text is the hash, which stands nowhere else.
            return SignedText.confirmedStore(try row.signed_ascii.hash).bytes
        case "delete":
            return SignedText.confirmedDelete(
                account, requested: try row.requested.hashes, deleted: try row.deleted.hashes.reversed()
            ).bytes
        case "delete_all":
            return SignedText.confirmedDeleteAll(
                account, at: try row.timestamp.moment, deleted: try row.deleted.hashes.reversed()
            ).bytes
        case "delete_before":
            return SignedText.confirmedDeleteBefore(
                account, try row.before.moment, deleted: try row.deleted.hashes.reversed()
            ).bytes
        case "expire_all":
            return SignedText.confirmedExpireAll(
                account, try row.expiry.moment, updated: try row.updated.hashes.reversed()
            ).bytes
        case "expire":
            var unchanged: [MessageHash: Timestamp] = [:]
            for key in row.unchanged.keys {
                guard let hash = MessageHash(key) else { throw row.unchanged.notUnderstood("hashes") }
                unchanged[hash] = try row.unchanged[key].moment
            }
            return SignedText.confirmedExpire(
                account, try row.expiry.moments, requested: try row.requested.hashes,
                updated: try row.updated.hashes.reversed(), unchanged: unchanged
            ).bytes
        case "revoke_subaccount", "unrevoke_subaccount":
            return try revocation(row, keys)
        default: throw row.endpoint.notUnderstood("an endpoint")
        }
    }

    /// The row gives the signed bytes alone: account, moment, tokens.
    private static func revocation(_ row: Vector, _ keys: Keys) throws -> [UInt8] {
        let signed = try row.signed_hex.bytes
        let digits = signed.dropFirst(AccountID.textLength).prefix { (48...57).contains($0) }
        guard let moment = Int64(String(decoding: digits, as: UTF8.self)) else {
            throw row.signed_hex.notUnderstood("a moment")
        }
        let raw = signed.dropFirst(AccountID.textLength + digits.count)
        let size = SubaccountToken.byteCount
        let tokens = stride(from: raw.startIndex, to: raw.endIndex, by: size).compactMap {
            SubaccountToken(bytes: Array(raw[$0..<min($0 + size, raw.endIndex)]))
        }
        return SignedText.confirmedRevocation(
            keys.groupAccount, tokens, at: Timestamp(milliseconds: moment)
        ).bytes
    }
}

extension Vector {
    fileprivate var moment: Timestamp { get throws { Timestamp(milliseconds: try integer) } }

    /// One moment, or a list of them.
    fileprivate var moments: [Timestamp] {
        get throws {
            if let one = try? moment { return [one] }
            return try elements.map { try $0.moment }
        }
    }

    fileprivate var hash: MessageHash {
        get throws {
            guard let hash = MessageHash(try text) else { throw notUnderstood("a message hash") }
            return hash
        }
    }

    fileprivate var hashes: [MessageHash] { get throws { try elements.map { try $0.hash } } }

    /// One token in base64, or a list of them.
    fileprivate var tokens: [SubaccountToken] {
        get throws {
            let list = (try? text) == nil ? try elements : [self]
            return try list.map {
                guard let token = SubaccountToken(bytes: try $0.base64) else { throw $0.notUnderstood("a token") }
                return token
            }
        }
    }
}
