import SessionCrypto
public import SessionInterfaces
public import SessionStorage

/// Of which parts the keys of an account's tables are made: for a `SealedStore`, so that what is sealed keeps its order.
public enum AccountLayouts {
    public static let all: [StoreTable: KeyLayout] = [
        // Conversation, moment, sender.
        Tables.history.table: KeyLayout(
            .fixed(AccountID.byteCount), .number(Int64.self), .fixed(AccountID.byteCount)),
        Tables.arrivals: KeyLayout(.number(UInt64.self)),
        Tables.outbox.table: KeyLayout(.number(Int64.self)),
        Tables.sentKeysByTime: KeyLayout(.number(Int64.self)),
        // Node, namespace.
        Tables.cursors.table: KeyLayout(.fixed(32), .number(Int16.self)),
        Tables.seenByExpiry: KeyLayout(.number(Int64.self)),
    ]
}
