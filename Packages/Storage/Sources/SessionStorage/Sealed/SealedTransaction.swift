import SessionInterfaces

/// What one body may read and change.
final class SealedTransaction: SealedView, StoreTransaction {
    private let transaction: any StoreTransaction
    let seals: TableSeals
    private let nonces: NonceSequence
    private(set) var changes = 0
    /// Tables whose layout is noted, if this transaction is.
    private(set) var noted: Set<StoreTable> = []

    var inner: any StoreSnapshot { transaction }

    init(_ transaction: any StoreTransaction, _ seals: TableSeals, random: any RandomSource) {
        self.transaction = transaction
        self.seals = seals
        nonces = NonceSequence(random: random)
    }

    func put(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws {
        let (stored, storedKey) = try seal(value, for: key, in: table)
        try transaction.put(stored, for: storedKey, in: table)
    }

    func putIfAbsent(_ value: [UInt8], for key: [UInt8], in table: StoreTable) throws -> Bool {
        let (stored, storedKey) = try seal(value, for: key, in: table)
        return try transaction.putIfAbsent(stored, for: storedKey, in: table)
    }

    func remove(_ key: [UInt8], from table: StoreTable) throws -> Bool {
        try StoreLimits.check(key: key)
        changes += 1
        return try transaction.remove(try seals.seal(of: table).storedKey(key), from: table)
    }

    func removeAll(_ range: KeyRange, from table: StoreTable) throws -> Int {
        let seal = try seals.seal(of: table)
        guard let sealed = SealedRange.of(range, in: seal) else { return 0 }
        changes += 1
        if sealed.isExact { return try transaction.removeAll(sealed.stored, from: table) }
        var keys: [[UInt8]] = []
        try transaction.scan(table, sealed.stored, .forward) { key, value in
            let entry = try seal.open(value, at: [UInt8](key))
            if range.contains(entry.key) { keys.append(entry.storedKey) }
            return .next
        }
        for key in keys { try transaction.remove(key, from: table) }
        return keys.count
    }

    private func seal(
        _ value: [UInt8], for key: [UInt8], in table: StoreTable
    ) throws -> (stored: [UInt8], storedKey: [UInt8]) {
        try StoreLimits.check(key: key)
        guard value.count <= SealedStore.valueSize else {
            throw StoreError(.valueTooLarge, "a sealed value has at most \(SealedStore.valueSize) bytes")
        }
        let seal = try seals.seal(of: table)
        if !noted.contains(table), seals.isNew(table) {
            try seals.note(table, nonce: nonces.next(), in: transaction)
            noted.insert(table)
        }
        changes += 1
        let storedKey = seal.storedKey(key)
        return (try seal.seal(value, for: key, at: storedKey, nonce: nonces.next()), storedKey)
    }
}
