import SessionInterfaces
import SessionStorage

/// What an account's data is kept in.
struct StorageReport: Report {
    struct Table: Encodable, Sendable {
        var name: String
        var entries: Int
    }

    var schema = JSONText.schema
    var accountID: String
    var storage: String
    var directory: String
    var formatVersion: Int
    var sealed: Bool
    var size: Int
    var reusable: Int
    var entries: Int
    var tables: [Table]

    enum CodingKeys: String, CodingKey {
        case schema, accountID = "accountId", storage, directory, formatVersion, sealed, size, reusable, entries, tables
    }

    init(_ entry: AccountIndex.Entry, _ statistics: StoreStatistics, isSealed: Bool, directory: String) {
        accountID = entry.id
        storage = entry.storage
        self.directory = directory
        formatVersion = statistics.formatVersion
        sealed = isSealed
        (size, reusable) = (statistics.size, statistics.reusable)
        tables = statistics.entries.sorted { $0.key < $1.key }.map { Table(name: $0.key.name, entries: $0.value) }
        entries = tables.reduce(0) { $0 + $1.entries }
    }

    var text: String {
        let lines = [
            "account    \(accountID)", "storage    \(storage), format \(formatVersion)", "directory  \(directory)",
            "sealed     \(sealed ? "yes" : "no")", "size       \(size) bytes, \(reusable) of them to be used again",
            "entries    \(entries)",
        ]
        return (lines + tables.map { "  \($0.name)  \($0.entries)" }).joined(separator: "\n")
    }
}

/// What an account's data amounts to.
struct StorageDigestReport: Report {
    var schema = JSONText.schema
    var accountID: String
    var storage: String
    var directory: String?
    var sealed: Bool
    var entries: Int
    /// The same for the same entries, whatever they are kept in.
    var checksum: String
    /// Entries that an interrupted copy before had left.
    var resumed: Int?

    enum CodingKeys: String, CodingKey {
        case schema, accountID = "accountId", storage, directory, sealed, entries, checksum, resumed
    }

    init(
        _ entry: AccountIndex.Entry, _ digest: StoreDigest, isSealed: Bool, directory: String? = nil,
        resumed: Int? = nil
    ) {
        accountID = entry.id
        storage = entry.storage
        self.directory = directory
        sealed = isSealed
        entries = digest.count
        checksum = digest.checksum.hex
        self.resumed = resumed
    }

    var text: String {
        "\(directory ?? accountID): \(entries) entries in \(storage)\(sealed ? ", sealed" : ""), checksum \(checksum)"
    }
}
