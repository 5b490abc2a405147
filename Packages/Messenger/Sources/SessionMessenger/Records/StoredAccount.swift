import SessionCrypto
import SessionInterfaces
import SessionStorage

/// The account that a store belongs to.
public enum StoredAccount {
    /// Makes `store` the store of this account. Doing it again for the same account changes nothing.
    /// - Throws: `MessengerError(.accountExists)` when it belongs to another, `StoreError`.
    public static func save(_ keys: AccountKeys, in store: any Store) async throws {
        let record = AccountRecord(entropy: keys.entropy)
        try await store.write { transaction in
            let known = try Tables.account.record(of: Tables.accountKey, in: transaction)
            guard known?.entropy.isEqual(to: record.entropy) ?? true else {
                throw MessengerError(.accountExists, "the store belongs to another account")
            }
            try Tables.account.put(record, for: Tables.accountKey, in: transaction)
        }
    }

    /// The keys of the account that `store` belongs to.
    /// - Throws: `MessengerError(.noAccount)`, `StoreError`.
    public static func load(from store: any Store) async throws -> AccountKeys {
        let record = try await store.read { try Tables.account.record(of: Tables.accountKey, in: $0) }
        guard let record else { throw MessengerError(.noAccount, "the store holds no account") }
        do {
            return try AccountKeys(entropy: record.entropy)
        } catch {
            throw StoreError(.corrupted, "the stored account has no usable entropy", underlying: error)
        }
    }
}

struct AccountRecord: StoredRecord {
    static let formatVersion: UInt8 = 1

    let entropy: SecretBytes

    init(entropy: SecretBytes) { self.entropy = entropy }

    func encode(into writer: inout RecordWriter) {
        entropy.withUnsafeBytes { writer.bytes([UInt8]($0)) }
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        var bytes = try reader.bytes()
        entropy = SecretBytes(consuming: &bytes)
    }
}
