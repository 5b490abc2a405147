import SessionCrypto
import SessionInterfaces
@_spi(TestNetwork) import SessionNameService

/// What the ledger accepts: names, prices, lifetimes, and what owners sign.
enum NameLedgerRunner {
    static func validation(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            guard let type = MappingType(rpcName: try row.type.text)?.nameType else {
                throw row.notUnderstood("a type")
            }
            // Accounts' names and wallets' follow the same rules.
            for type in type == .lokinet ? [type] : [.session, .wallet] {
                expect(LedgerName.isRegistrable(try row.name.text, type: type) == (try row.valid.bool), row)
            }
        }
    }

    static func feesAndExpiry(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.rows) { row in
            guard let type = UInt8(exactly: try row.type.integer).flatMap(MappingType.init(rawValue:)) else {
                throw row.type.notUnderstood("a type")
            }
            let price = type.price(atHardFork: Int(try row.hardfork.integer))
            expect(price == OxenAmount(units: try row.burn_atomic.unsigned), row.burn_atomic)
            expect(type.years.map(Int64.init) == (row.years.isPresent ? try row.years.integer : nil), row.years)
            let blocks = row.blocks_mainnet.isPresent ? try row.blocks_mainnet.unsigned : nil
            expect(type.lifetime(on: .mainnet) == blocks, row.blocks_mainnet)
        }
        for (list, network) in [(file.testnet_blocks, OxenNetwork.testnet), (file.fakechain_blocks, .fakechain)] {
            for name in list.keys {
                tally.check(list[name]) { row in
                    guard let type = MappingType(rpcName: name) else { throw row.notUnderstood("a type") }
                    expect(type.lifetime(on: network) == (try row.unsigned), row)
                }
            }
        }
    }

    static func updates(_ file: Vector, _ tally: Tally) throws {
        let keys = try file.signer.seed_hex.ed25519Pair
        let nameHash = NameRecordCipher.nameHash(try file.name.text)
        tally.check(file.signer) { try expect(keys.publicKey.bytes.bytes, equals: $0.ed25519_pubkey_hex) }
        tally.check(file) { try expect(nameHash.bytes, equals: $0.name_hash_hex) }
        try tally.checkEach(file.updates) { row in
            guard case .update(let read, let readSignature) = try NameExtra(bytes: row.tx_extra_field_hex.bytes) else {
                throw row.notUnderstood("an update")
            }
            let stored = try row.encrypted_value_hex.bytes
            guard let previous = Bytes32(try row.prev_txid_hex.bytes) else { throw row.notUnderstood("a hash") }
            let update = try NameUpdate(
                type: read.type, nameHash: nameHash,
                record: stored.isEmpty ? nil : NameRecord(stored: stored, type: read.type), owner: owner(row.owner),
                backupOwner: owner(row.backup_owner), previousTransaction: previous)
            try expect(update.message, equals: row.signed_message_hex)
            try expect(update.hash.bytes, equals: row.blake2b256_hex)
            let signature = update.signed(by: keys)
            guard case .ed25519(let bytes) = signature else { throw row.notUnderstood("an Ed25519 signature") }
            try expect(bytes, equals: row.ed25519_signature_hex)
            expect(signature.isBy(.ed25519(keys.publicKey), of: update.hash), row)
            let extra = NameExtra.update(update, signature).bytes
            try expect(extra, equals: row.tx_extra_field_hex)
            expect(extra[67] == UInt8(exactly: try row.fields_byte.integer), row.fields_byte)
            expect(read == update && readSignature == signature, row)
        }
        tally.check(file.wallet_style_signature) { try walletSignature($0) }
        try purchases(file, nameHash, tally)
    }

    private static func purchases(_ file: Vector, _ nameHash: Bytes32, _ tally: Tally) throws {
        try tally.checkEach(file.buy) { row in
            let extra = try NameExtra(bytes: row.tx_extra_field_hex.bytes)
            guard case .buy(let type, let hash, let owner, let backupOwner, _) = extra else {
                throw row.notUnderstood("a purchase")
            }
            // Such as "session, ed25519 owner, wallet subaddress as backup".
            let words = try row.title.text.split(separator: ",").map { $0.drop { $0 == " " } }
            guard words.count == 3 else { throw row.title.notUnderstood("type, owner and backup owner") }
            expect(hash == nameHash && words[0].hasPrefix(type.nameType.rpcName), row)
            expect(isDescribed(owner, words[1]), row)
            expect(
                words[2].hasPrefix("no") ? backupOwner == nil : backupOwner.map { isDescribed($0, words[2]) } == true,
                row)
            try expect(extra.bytes, equals: row.tx_extra_field_hex)
        }
        try tally.checkEach(file.renew) { row in
            let extra = try NameExtra(bytes: row.tx_extra_field_hex.bytes)
            guard case .renew(let type, let hash, _) = extra else { throw row.notUnderstood("a renewal") }
            // Such as "test.loki for 2 years".
            let words = try row.title.text.split(separator: " ")
            guard words.count == 4 else { throw row.title.notUnderstood("a name and years") }
            expect(hash == (try LedgerName(String(words[0]), type: .lokinet).hash), row)
            expect(type.years == Int(words[2]), row)
            try expect(extra.bytes, equals: row.tx_extra_field_hex)
        }
        tally.check(file.burn_field) { row in
            // Such as "7 OXEN burned".
            guard let coins = try row.title.text.split(separator: " ").first.flatMap({ UInt64($0) }) else {
                throw row.title.notUnderstood("an amount")
            }
            let field = NameExtra.burnField(OxenAmount(units: coins * OxenAmount.unitsPerCoin))
            try expect(field, equals: row.tx_extra_field_hex)
        }
    }

    private static func walletSignature(_ row: Vector) throws {
        let hash = BLAKE2b.hash32(try row.signed_message_hex.bytes)
        try expect(hash.bytes, equals: row.blake2b256_hex)
        let secret = try row.spend_secret_scalar_hex.secret
        let key = WalletSignature.publicKey(of: secret)
        try expect(key.bytes, equals: row.spend_pubkey_hex)
        let signature = WalletSignature.sign(hash, by: secret, nonce: try row.nonce_scalar_hex.secret)
        try expect(signature, equals: row.signature_c_r_hex)
        expect(WalletSignature.verify(signature, of: hash, by: key), row)
        for position in [0, 31, 32, 63] {
            var changed = signature
            changed[position] ^= 1
            expect(!WalletSignature.verify(changed, of: hash, by: key), row)
        }
    }

    private static func owner(_ vector: Vector) throws -> NameOwner? {
        guard vector.isPresent else { return nil }
        let bytes = try vector.bytes_hex.bytes
        switch try vector.kind.text {
        case "wallet":
            guard bytes.count == 65, bytes[0] == 0, let spend = Bytes32(bytes[1..<33]), let view = Bytes32(bytes[33...])
            else { throw vector.notUnderstood("a wallet") }
            return .wallet(spendKey: spend, viewKey: view, isSubaddress: false)
        case "ed25519":
            guard bytes[0] == 1, let key = Bytes32(bytes.dropFirst()) else { throw vector.notUnderstood("a key") }
            return .ed25519(Ed25519PublicKey(key))
        default: throw vector.kind.notUnderstood("a kind of owner")
        }
    }

    private static func isDescribed(_ owner: NameOwner, _ words: Substring) -> Bool {
        switch owner {
        case .wallet(_, _, let isSubaddress):
            words.hasPrefix("wallet") && words.contains("subaddress") == isSubaddress
        case .ed25519: words.hasPrefix("ed25519")
        }
    }
}
