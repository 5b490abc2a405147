import SessionCrypto
import SessionInterfaces
import SessionNameService

/// Names, their hashes, and the records behind them.
enum NameRunner {
    static func hashes(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let hash = NameRecordCipher.nameHash(try row.name.text)
            try expect(hash.bytes, equals: row.name_hash_hex)
            try expect(Base64.encode(hash.bytes), equals: row.name_hash_base64)
            try key(row.encryption_key_hex, opensRecordsOf: try row.name.text)
        }
        try tally.checkEach(file.normalisation) { row in
            let name = try SessionName(try row.input.text)
            try expect(name.text, equals: row.normalised)
            try expect(Base64.encode(name.hash.bytes), equals: row.name_hash_base64)
        }
    }

    static func values(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let name = try row.name.text
            guard try row.scheme.text == "xchacha20poly1305" else { return try legacy(row, name) }
            let (sealed, nonce) = (try row.encrypted_value_hex.bytes, try row.nonce_hex.bytes)
            let plaintext = try NameRecordCipher.open(sealed, nonce: nonce, name: name)
            try expect(plaintext, equals: row.plaintext_hex)
            expect(try NameRecordCipher.seal(plaintext, name: name, nonce: nonce) == sealed, row)
            if row.stored_record_hex.isPresent { try expect(sealed + nonce, equals: row.stored_record_hex) }
            guard let type = MappingType(rpcName: try row.type.text)?.nameType else {
                throw row.type.notUnderstood("a type")
            }
            let record = try NameRecord(encryptedValue: sealed, nonce: nonce, type: type)
            let value = try record.open(for: LedgerName(name, type: type), network: .mainnet)
            try expect(value.description, equals: row.readable)
            try expect(value.bytes, equals: row.plaintext_hex)
            expect(try NameValue(row.readable.text, type: type, network: .mainnet) == value, row)
            expect(try NameRecord(stored: record.stored, type: type) == record, row)
        }
        try tally.checkEach(file.invalid) { row in
            guard row.nonce_hex.isPresent else {
                return expectRefusal(row) {
                    try NameRecordCipher.openLegacy(row.encrypted_value_hex.bytes, name: row.name.text)
                }
            }
            expectRefusal(row) {
                let (sealed, nonce) = (try row.encrypted_value_hex.bytes, try row.nonce_hex.bytes)
                if row.lowercase_first.isPresent {
                    return try AccountID(bytes: NameRecordCipher.open(sealed, nonce: nonce, name: try row.name.text))
                }
                return try NameRecord(encryptedValue: sealed, nonce: nonce).open(
                    for: SessionName(try row.name.text))
            }
        }
    }

    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let input = row["in"]
            guard input.nonce.isPresent else {
                let value = try NameRecordCipher.openLegacy(input.ciphertext.bytes, name: input.name.text)
                return try expect(AccountID(bytes: value).hex, equals: row.out.session_id)
            }
            let (sealed, nonce) = (try input.ciphertext.bytes, try input.nonce.bytes)
            let name = try input.name.text
            guard row.out.session_id.isPresent else {
                guard row.out.error.isPresent else { throw row.notUnderstood("an ID or an error") }
                expectRefusal(row) { try open(sealed, nonce, name) }
                return
            }
            try key(row.out.key, opensRecordsOf: name)
            try expect(open(sealed, nonce, name).hex, equals: row.out.session_id)
            expectRefusal(row.tampered) { try open(try row.tampered.ciphertext.bytes, nonce, name) }
            expectRefusal(row.wrong_name) { try open(sealed, nonce, try row.wrong_name.name.text) }
        }
    }

    private static func legacy(_ row: Vector, _ name: String) throws {
        guard try row.scheme.text == "legacy-argon2id-secretbox" else { throw row.scheme.notUnderstood("a scheme") }
        let value = try NameRecordCipher.openLegacy(row.encrypted_value_hex.bytes, name: name)
        try expect(value, equals: row.plaintext_hex)
        try expect(AccountID(bytes: value).hex, equals: row.readable)
    }

    /// The key itself stays inside the layer: what it sealed must open with the vector's.
    private static func key(_ vector: Vector, opensRecordsOf name: String) throws {
        let nonce = [UInt8](repeating: 7, count: NameRecordCipher.nonceByteCount)
        let sealed = try NameRecordCipher.seal([1, 2, 3], name: name, nonce: nonce)
        let opened = try XChaCha20Poly1305.open(sealed, key: try vector.secret, nonce: nonce)
        expect(opened == [1, 2, 3], vector)
    }

    private static func open(_ sealed: [UInt8], _ nonce: [UInt8], _ name: String) throws -> AccountID {
        try NameRecord(encryptedValue: sealed, nonce: nonce).open(for: SessionName(name))
    }
}
