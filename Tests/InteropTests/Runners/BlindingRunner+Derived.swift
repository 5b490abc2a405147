import SessionCrypto
import SessionInterfaces

extension BlindingRunner {
    /// `01-blinding`
    static func accounts(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file["keys"]) { row in
            let server = try row.server_pubkey_hex.x25519Key
            let pair = try row.ed25519_secret64_hex.ed25519PairOfSecretKey
            try key(
                BlindedKeyPair(.blinded15, of: pair, at: server), row.blind15_own_pubkey_hex, row.blind15_own_scalar_hex
            )
            let twentyFive = BlindedKeyPair(.blinded25, of: pair, at: server)
            guard row.account_id.isPresent else {
                return try key(twentyFive, row.blind25_own_pubkey_hex, row.blind25_own_scalar_hex)
            }
            try expect(twentyFive.id.hex, equals: row.blind25_id)
            try expect(twentyFive.withUnsafeSecretScalar { Array($0) }, equals: row.blind25_own_scalar_hex)
            try ids(
                row.account_id.account, at: server, row.blind15_id_from_account_id, row.blind15_id_alternative,
                row.blind25_id)
        }
        try tally.checkEach(file.signatures) { row in
            try signatures(
                of: Array(row.message_ascii.text.utf8), by: row.ed25519_secret64_hex.ed25519PairOfSecretKey,
                at: row.server_pubkey_hex.x25519Key, row.blind15_signature_hex,
                row.blind15_signature_desktop_variant_hex, row.blind25_signature_hex)
        }
        let check = try file.version_check.elements
        guard check.count == 2 else { throw file.version_check.notUnderstood("a key and a signature") }
        tally.check(file.version_check) { _ in
            try versionCheck(
                by: check[0].ed25519_seed_hex.ed25519Pair, seed: check[0].blinded_seed_hex,
                key: String(check[0].id.text.dropFirst(2)), check[1].signed_ascii, check[1].signature_hex)
        }
        try tally.checkEach(file.matching, matching)
        try tally.checkEach(file.blinded_dm) { row in
            try BlindedMessageRunner.message(
                Array(row.message_ascii.text.utf8), sealed: row.ciphertext_hex, nonce: row.nonce_hex,
                BlindedMessageRunner.Parties(
                    row.sender_seed_hex, row.sender_blinded_id, row.recipient_seed_hex, row.recipient_blinded_id,
                    row.server_pubkey_hex),
                account: row.recovered_sender)
        }
    }

    /// `04-blinding`
    static func communities(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.ids_from_session_id) { row in
            try ids(
                row.session_id.account, at: row.server_pubkey.x25519Key, row.blinded15_candidate_from_session_id,
                row.blinded15_other_sign, row.blinded25)
        }
        try tally.checkEach(file.own_ids_from_seed) { row in
            let (pair, server) = (try row.seed.ed25519Pair, try row.server_pubkey.x25519Key)
            try expect(pair.publicKey.bytes.bytes, equals: row.ed25519_pubkey)
            try expect(BlindedKeyPair(.blinded15, of: pair, at: server).id.hex, equals: row.own_blinded15_id)
            try expect(BlindedKeyPair(.blinded25, of: pair, at: server).id.hex, equals: row.own_blinded25_id)
        }
        try tally.checkEach(file.signatures) { row in
            try signatures(
                of: Array(row.message_utf8.text.utf8), by: row.seed.ed25519Pair, at: row.server_pubkey.x25519Key,
                row.sig15_sk64_variant, row.sig15_seed32_variant, row.sig25)
        }
        tally.check(file.version07) { row in
            try versionCheck(
                by: row.seed.ed25519Pair, seed: row.derived_seed, key: row.pubkey.text, row.message_signed_utf8,
                row.signature)
        }
        // The faults that `errors` describes in words.
        tally.check(file.errors) { rows in
            let (account, server) = (try file.own_ids_from_seed.elements[0].session_id.text, Bytes32())
            for wrong in ["95" + account.dropFirst(2), String(account.dropLast()), "zz" + account.dropFirst(2)] {
                for kind in Blinding.allCases {
                    expectRefusal(rows) { try kind.ids(of: AccountID(wrong), at: X25519PublicKey(server)) }
                }
            }
            expect(X25519PublicKey(hex: String(server.hex.dropLast(4))) == nil, rows)
        }
    }

    private static func key(_ pair: BlindedKeyPair, _ key: Vector, _ scalar: Vector) throws {
        try expect(pair.publicKey.bytes.bytes, equals: key)
        try expect(pair.withUnsafeSecretScalar { Array($0) }, equals: scalar)
    }

    private static func ids(
        _ account: AccountID, at server: X25519PublicKey, _ fifteen: Vector, _ otherSign: Vector, _ twentyFive: Vector
    ) throws {
        let expected = [try fifteen.text, try otherSign.text]
        expect(try Blinding.blinded15.ids(of: account, at: server).map(\.hex) == expected, fifteen)
        let single = [try twentyFive.text]
        expect(try Blinding.blinded25.ids(of: account, at: server).map(\.hex) == single, twentyFive)
    }

    /// Clients hash another secret for the nonce of the first kind: their signatures are as valid.
    private static func signatures(
        of message: [UInt8], by pair: Ed25519KeyPair, at server: X25519PublicKey, _ fifteen: Vector,
        _ clients: Vector, _ twentyFive: Vector
    ) throws {
        let first = BlindedKeyPair(.blinded15, of: pair, at: server)
        try expect(first.sign(message), equals: fifteen)
        expect(Ed25519.verify(try clients.bytes, of: message, by: first.publicKey), clients, "does not verify")
        try expect(BlindedKeyPair(.blinded25, of: pair, at: server).sign(message), equals: twentyFive)
    }

    private static func versionCheck(
        by account: Ed25519KeyPair, seed: Vector, key: String, _ signed: Vector, _ signature: Vector
    ) throws {
        let pair = VersionCheck.keyPair(of: account)
        try expect(pair.seed.withUnsafeBytes { Array($0) }, equals: seed)
        expect(VersionCheck.id(of: pair).hex == "07" + key, seed)
        let parts = try signed.text.split(separator: "GET", maxSplits: 1)
        guard parts.count == 2, let seconds = Int64(parts[0]) else { throw signed.notUnderstood("a request") }
        let time = Timestamp(milliseconds: seconds * 1000)
        try expect(VersionCheck.sign("GET", String(parts[1]), at: time, by: pair), equals: signature)
    }

    private static func matching(_ row: Vector) throws {
        let server = try row.server_pubkey_hex.x25519Key
        let id = try row.blinded_id.account
        if row.error.isPresent {
            return expectRefusal(row) { try Blinding.matches(id, AccountID(row.account_id.text), at: server) }
        }
        expect(try Blinding.matches(id, row.account_id.account, at: server) == row.match.bool, row)
    }
}

extension Vector {
    /// The pair of a 64-byte secret key, whose first half is the seed.
    fileprivate var ed25519PairOfSecretKey: Ed25519KeyPair {
        get throws { try Ed25519KeyPair(seed: SecretBytes(Array(bytes.prefix(Ed25519KeyPair.seedByteCount)))) }
    }
}
