public import SessionInterfaces

/// Questions to one member, whose word alone it is.
extension StorageCall {
    /// When messages expire. What the member does not have is left out. Follows protocol document 02, section 4.13.
    public static func getExpiries(
        _ hashes: [MessageHash], of account: AccountID, credential: SwarmCredential
    ) -> StorageCall where Answer == [MessageHash: Timestamp] {
        StorageCall(about: account) { (time) throws(SwarmError) in
            try .getExpiries(hashes, of: account, credential: credential, signedAt: time.moment)
        } answer: { body, _ in
            guard let members = body["expiries"]?.members else {
                throw SwarmError(.malformedAnswer, "the answer has no expiries")
            }
            // Only what was asked for is looked at.
            return hashes.reduce(into: [:]) { expiries, hash in
                expiries[hash] = Timestamp(plausible: members[hash.text])
            }
        }
    }

    /// The tokens that are revoked; nil when the member does not know the method.
    /// Follows protocol document 02, section 4.15.
    public static func revokedSubaccounts(
        of account: AccountID, credential: SwarmCredential
    ) -> StorageCall where Answer == [SubaccountToken] {
        StorageCall(about: account) { (time) throws(SwarmError) in
            try .revokedSubaccounts(of: account, credential: credential, signedAt: time.moment)
        } answer: { body, _ in
            guard let list = body["revoked_subaccounts"]?.array else {
                throw SwarmError(.malformedAnswer, "the answer has no revoked tokens")
            }
            return try list.map { (element) throws(SwarmError) in
                guard let token = element.string.flatMap({ SubaccountToken(text: $0) }) else {
                    throw SwarmError(.malformedAnswer, "a revoked token is not 36 bytes")
                }
                return token
            }
        }
    }
}

extension SubaccountToken {
    /// Nil unless `text` is 36 bytes in base64 (48 characters) or hexadecimal (72).
    init?(text: String) {
        guard let bytes = text.utf8.count == 72 ? Hex.decode(text) : Base64.decode(text) else { return nil }
        self.init(bytes: bytes)
    }
}
