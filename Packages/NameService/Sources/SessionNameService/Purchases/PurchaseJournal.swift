public import SessionInterfaces

/// The orders of a registrar, written down before anything is sent. One for each name and type.
public struct PurchaseJournal: Sendable {
    private static let table: StoreTable = "names.orders"

    private let store: any Store
    private let network: OxenNetwork

    /// - Parameter store: shared with whoever else uses it; the journal has a table of its own. It holds names in the
    ///   clear, and what is needed to send transactions: seal it where others can read it.
    public init(store: any Store, network: OxenNetwork) {
        self.store = store
        self.network = network
    }

    /// - Throws: `StoreError`; so do the others.
    public func purchase(of name: LedgerName) async throws -> NamePurchase? {
        let key = key(of: name)
        guard let bytes = try await store.read({ try $0.value(of: key, in: Self.table) }) else { return nil }
        return try NamePurchase(decoding: bytes)
    }

    /// Writes down a purchase of a name, unless another one is under way.
    /// - Returns: whether it was written down.
    func begin(_ purchase: NamePurchase, of name: LedgerName) async throws -> Bool {
        let (key, bytes) = (key(of: name), try purchase.encoded())
        return try await store.write { transaction in
            if let found = try transaction.value(of: key, in: Self.table) {
                guard try !NamePurchase(decoding: found).isUnderWay else { return false }
            }
            try transaction.put(bytes, for: key, in: Self.table)
            return true
        }
    }

    func write(_ purchase: NamePurchase, of name: LedgerName) async throws {
        let (key, bytes) = (key(of: name), try purchase.encoded())
        try await store.write { try $0.put(bytes, for: key, in: Self.table) }
    }

    func remove(_ name: LedgerName) async throws {
        let key = key(of: name)
        _ = try await store.write { try $0.remove(key, from: Self.table) }
    }

    /// Every order whose transaction may be on its way and is not known to be in a block.
    public func unfinished() async throws -> [NamePurchase] {
        let prefix = KeyRange.prefix(Array(network.rawValue.utf8) + [0])
        return try await store.read { try $0.entries(Self.table, prefix) }
            .map { try NamePurchase(decoding: $0.value) }.filter(\.isUnderWay)
    }

    private func key(of name: LedgerName) -> [UInt8] {
        Array(network.rawValue.utf8) + [0, name.type.rawValue] + name.hash.bytes
    }
}
