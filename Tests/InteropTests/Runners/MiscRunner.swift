import SessionCrypto
import SessionInterfaces
import SessionMessages
import SessionSwarm

/// A case of many kinds each. What a row is about is told by what it has.
enum MiscRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            switch true {
            case row.group_id.isPresent: try group(row)
            case row.namespace.isPresent: try messageHash(row)
            case row.backend_pubkey_hex.isPresent: try proof(row)
            case row.rotating_seed_hex.isPresent: try rotatingSeed(row)
            case row.message_ascii.isPresent: try digest(row)
            case row.payload_hex.isPresent: try push(row)
            case row.ciphertext_hex.isPresent: try name(row)
            default: try refusedDigests(row)
            }
        }
    }

    private static func group(_ row: Vector) throws {
        let (group, key) = (try row.group_id.account, try row.group_enc_key_hex.secret)
        let wire = try row.wire_hex.bytes
        if row.expect.isPresent {
            guard try row.expect.text == "signature error" else { throw row.expect.notUnderstood("an error") }
            return expectRefusal(row, { ($0 as? MessagesError)?.code == .badSignature }) {
                try GroupMessage.decode(wire, in: group, keys: [key])
            }
        }
        let inner = try XChaCha20Poly1305.open(Array(wire[24...]), key: key, nonce: Array(wire[..<24]))
        let end = try row.inner_hex.bytes.count
        try expect(Array(inner.prefix(end)), equals: row.inner_hex)
        expect(inner.dropFirst(end).allSatisfy { $0 == 0 }, row, "is padded with something")
        let received = try GroupMessage.decode(wire, in: group, keys: [key])
        try expect(received.sender.hex, equals: row.sender_account_id)
        try expect(received.content.serialized(), equals: row.content_hex)
    }

    private static func messageHash(_ row: Vector) throws {
        guard let namespace = Int16(exactly: try row.namespace.integer) else {
            throw row.namespace.notUnderstood("a namespace")
        }
        let hash = MessageHash.of(
            account: try row.pubkey_hex.account, namespace: Namespace(rawValue: namespace), data: try row.data_hex.bytes
        )
        try expect(hash.text, equals: row.hash)
    }

    private static func proof(_ row: Vector) throws {
        let isHashed = row.gen_index_hash_hex.isPresent
        let expiry = isHashed ? try row.expiry_ms.integer : try row.expiry_s.integer * 1000
        let proof = ProProof(
            isHashed ? .hashed : .plain,
            revocationTag: try (isHashed ? row.gen_index_hash_hex : row.revocation_tag_hex).ed25519Key.bytes,
            rotatingKey: try row.rotating_pubkey_hex.ed25519Key, expiry: Timestamp(milliseconds: expiry),
            signature: try row.signature_hex.bytes)
        try expect(proof.signedBytes, equals: isHashed ? row.hash_hex : row.signed_hex)
        expect(proof.isSigned(by: try row.backend_pubkey_hex.ed25519Key), row, "the signature is wrong")
    }

    private static func rotatingSeed(_ row: Vector) throws {
        let time = Timestamp(milliseconds: try row.unix_s.integer * 1000)
        expect(ProKeys.periodStart(at: time) == (try row.period_start_s.integer), row)
        let pair = ProKeys.rotating(of: try row.master_seed_hex.ed25519Pair, at: time)
        try expect(pair.seed.withUnsafeBytes { Array($0) }, equals: row.rotating_seed_hex)
    }

    private static func digest(_ row: Vector) throws {
        let (message, key) = (Array(try row.message_ascii.text.utf8), Array(try row.key_ascii.text.utf8))
        try expect(BLAKE2b.hash(message, checkedSize: Int(row.size.integer), key: key), equals: row.hash_hex)
    }

    /// What its description says in words.
    private static func refusedDigests(_ row: Vector) throws {
        guard try row.expect.text == "error", try row.description.text.hasPrefix("BLAKE2b argument errors") else {
            throw row.notUnderstood("a known case")
        }
        for (size, keyCount) in [(10, 0), (100, 0), (32, 81)] {
            expectRefusal(row, { ($0 as? CryptoError)?.code == .invalidArgument }) {
                try BLAKE2b.hash([], checkedSize: size, key: [UInt8](repeating: 0, count: keyCount))
            }
        }
    }

    private static func push(_ row: Vector) throws {
        let plaintext = try PushPayload.decrypt(try row.payload_hex.bytes, key: try row.key_hex.secret)
        try expect(String(decoding: plaintext, as: UTF8.self), equals: row.plaintext_ascii)
    }

    private static func name(_ row: Vector) throws {
        let plaintext = try NameRecordCipher.open(
            row.ciphertext_hex.bytes, nonce: row.nonce_hex.bytes, name: row.name.text)
        try expect(AccountID(bytes: plaintext).hex, equals: row.account_id)
    }
}
