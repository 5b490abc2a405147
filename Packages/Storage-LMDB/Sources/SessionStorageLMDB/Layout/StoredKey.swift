import SessionInterfaces

/// The keys that LMDB gets to see. They all live in one database: first two bytes that say whose they are, most
/// significant first, then the key.
///
/// | first bytes | then | value |
/// |---|---|---|
/// | 0 | `f` | the mark of a store, and the version of its format |
/// | 0 | `t`, name of a table | its number (two bytes), its entries (eight bytes) |
/// | 1 to 65,534: the number of a table | a key of less than 509 bytes | its value |
/// | the same | the first 509 bytes of longer keys | a `LongKeys` list |
/// | 65,535 | a number (eight bytes) | the value of one long key |
///
/// One database rather than one for each table: LMDB wants to know beforehand how many there may be, and opening
/// one in a transaction that is given up, or while others read, is a trap of its own.
enum StoredKey {
    /// Bytes of the longest key that LMDB takes.
    static let maximumSize = 511
    /// Keys of so many bytes or more share an entry with all that begin with the same so many bytes.
    static let headSize = maximumSize - prefixSize
    static let prefixSize = 2

    static let format: [UInt8] = [0, 0, UInt8(ascii: "f")]
    static let catalog: [UInt8] = [0, 0, UInt8(ascii: "t")]
    static let afterCatalog: [UInt8] = [0, 0, UInt8(ascii: "t") + 1]

    static func catalog(_ table: StoreTable) -> [UInt8] { catalog + table.name.utf8 }

    /// An entry of a table: that of `key`, or the one that `key` shares with others.
    static func entry(_ table: TableNumber, _ key: [UInt8]) -> [UInt8] {
        var stored: [UInt8] = []
        stored.reserveCapacity(prefixSize + min(key.count, headSize))
        stored.append(UInt8(truncatingIfNeeded: table.value >> 8))
        stored.append(UInt8(truncatingIfNeeded: table.value))
        stored.append(contentsOf: key.prefix(headSize))
        return stored
    }

    /// What lies just behind all entries of a table.
    static func end(_ table: TableNumber) -> [UInt8] {
        entry(TableNumber(value: table.value + 1), [])
    }

    static func longValue(_ number: UInt64) -> [UInt8] {
        [0xff, 0xff] + number.bigEndianBytes
    }

    static let afterLongValues = [UInt8](repeating: 0xff, count: maximumSize)
}

/// The number of a table: 1 to 65,534.
struct TableNumber: Hashable {
    let value: UInt16

    static let last = TableNumber(value: 65_534)
}

extension FixedWidthInteger {
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { [UInt8]($0) } }

    /// Reads all of `bytes`, of which there are as many as the integer has.
    init(bigEndian bytes: some Sequence<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}
