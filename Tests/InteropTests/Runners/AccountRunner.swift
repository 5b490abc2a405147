import SessionCrypto
import SessionInterfaces

/// Accounts, key conversion, recovery phrases and account IDs.
enum AccountRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.accounts, account)
        try tally.checkEach(file.key_conversion, conversion)
        try tally.checkEach(file.mnemonic_wordlist_pins) { row in
            let words = try row.words.elements.map { try $0.text }
            let phrase = try RecoveryPhrase.encode(
                row.bytes_hex.secret, in: PhraseRunner.list(row.language), withChecksum: try row.checksum.bool)
            expect(phrase.revealed() == words.joined(separator: " "), row)
        }
        try tally.checkEach(file.mnemonic_accept) { row in
            let level: RecoveryPhrase.Level = row.checksum.isPresent ? .library : .client
            for phrase in [row.phrase, row.phrase_with_prefix_4] where phrase.isPresent {
                let entropy = try RecoveryPhrase.decode(
                    phrase.text, in: PhraseRunner.list(row.language), level: level)
                try expect(entropy.withUnsafeBytes { Array($0) }, equals: row.seed_hex)
            }
        }
        try tally.checkEach(file.mnemonic_reject, rejection)
        try tally.checkEach(file.ids, identifier)
    }

    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let pair = try row["in"].seed.ed25519Pair
            let out = row.out
            try expect(pair.publicKey.bytes.bytes, equals: out.ed25519_pubkey)
            try expect(pair.withUnsafeSecretKey { Array($0) }, equals: out.ed25519_seckey)
            try expect(pair.x25519.publicKey.bytes.bytes, equals: out.x25519_pubkey)
            try expect(pair.x25519.withUnsafeSecretKey { Array($0) }, equals: out.x25519_seckey)
            try expect(pair.sign(try row["in"].message.bytes), equals: out.ed25519_signature)
            try expect(AccountKeys(entropy: row["in"].seed.secret).accountID.hex, equals: out.session_id)
        }
    }

    private static func account(_ row: Vector) throws {
        let keys = try AccountKeys(entropy: row.seed_hex.secret)
        let pair = keys.ed25519
        try expect(pair.seed.withUnsafeBytes { Array($0) }, equals: row.ed25519_seed_hex)
        try expect(pair.publicKey.bytes.bytes, equals: row.ed25519_pubkey_hex)
        try expect(pair.withUnsafeSecretKey { Array($0) }, equals: row.ed25519_secret64_hex)
        try expect(keys.x25519.withUnsafeSecretKey { Array($0) }, equals: row.x25519_secret_hex)
        try expect(keys.x25519.publicKey.bytes.bytes, equals: row.x25519_pubkey_hex)
        try expect(keys.accountID.hex, equals: row.account_id)
        let phrase = try row.phrase_english.text
        expect(keys.recoveryPhrase().revealed() == phrase, row, "the phrase differs")
        let level: RecoveryPhrase.Level = phrase.split(separator: " ").count == 13 ? .client : .library
        try expect(
            RecoveryPhrase.decode(phrase, level: level).withUnsafeBytes { Array($0) }, equals: row.seed_hex)
    }

    private static func conversion(_ row: Vector) throws {
        if row.ed25519_seed_hex.isPresent {
            let pair = try row.ed25519_seed_hex.ed25519Pair
            if row.signature_hex.isPresent {
                try expect(pair.sign(Array(try row.message_ascii.text.utf8)), equals: row.signature_hex)
            } else {
                try expect(pair.publicKey.bytes.bytes, equals: row.ed25519_pubkey_hex)
                try expect(pair.withUnsafeSecretKey { Array($0) }, equals: row.ed25519_secret64_hex)
                try expect(pair.x25519.withUnsafeSecretKey { Array($0) }, equals: row.x25519_secret_hex)
            }
        } else if isBackward(row) {
            let key = try row.x25519_pubkey_hex.x25519Key
            try expect(X25519.nonNegativeEd25519PublicKey(of: key).bytes.bytes, equals: row.ed25519_pubkey_hex)
        } else {
            let key = try row.ed25519_pubkey_hex.ed25519Key
            try expect(Ed25519.x25519PublicKey(of: key).bytes.bytes, equals: row.x25519_pubkey_hex)
        }
    }

    /// Only the description tells the direction of a conversion of public keys.
    private static func isBackward(_ row: Vector) -> Bool {
        (try? row.description.text.hasPrefix("X25519 pubkey to")) == true
    }

    private static func rejection(_ row: Vector) throws {
        let words = try PhraseRunner.list(row.language)
        let expected: RecoveryPhraseError.Code
        switch try row.error.text.prefix(while: { $0 != "(" }) {
        case "checksum": expected = .badChecksum
        case "unknown word": expected = .unknownWord
        case "invalid value": expected = .invalidValue
        case "word count", "word count ": expected = .wrongWordCount
        default: throw row.error.notUnderstood("a reason")
        }
        let levels: [RecoveryPhrase.Level]
        switch try row.level.text {
        case "client": levels = [.client]
        case "library": levels = [.library]
        case "both": levels = [.client, .library]
        default: throw row.level.notUnderstood("a level")
        }
        for level in levels {
            expectRefusal(row) {
                guard let error = $0 as? RecoveryPhraseError, error.code == expected else { return false }
                return (try? row.word.text).map { error.message.contains($0) } ?? true
            } _: {
                try RecoveryPhrase.decode(row.phrase.text, in: words, level: level)
            }
        }
    }

    private static func identifier(_ row: Vector) throws {
        guard try row.valid.bool else {
            expectRefusal(row, { $0 is AccountIDError }) { try AccountID(try row.input.text) }
            return
        }
        let account = try row.input.account
        expect(account.hex == (try row.normalised.isPresent ? row.normalised.text : row.input.text), row)
        if row.prefix.isPresent { try expect([account.prefix.rawValue], equals: row.prefix) }
    }
}
