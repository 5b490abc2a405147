import SessionInterfaces
import SessionStorage

/// What one account's history asks of a store, however long it has become: a new message, a page of the latest ones
/// backward, and marking one as read.
struct StorageHistory {
    static let table: StoreTable = "history"
    static let layout = KeyLayout(.fixed(33), .number(Int64.self), .fixed(33))
    private static let conversations = 100

    let store: any Store

    func fill(_ numbers: Range<Int>) async throws {
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 5000) {
            try await store.write(durability: .relaxed) { transaction in
                for number in start..<min(start + 5000, numbers.upperBound) {
                    try transaction.put(StorageSample.value, for: Self.key(number), in: Self.table)
                }
            }
        }
    }

    func append(_ number: Int) async throws {
        try await store.write(durability: .relaxed) {
            try $0.put(StorageSample.value, for: Self.key(number), in: Self.table)
        }
    }

    /// Fifty messages, the latest first.
    func page(of conversation: Int) async throws -> Int {
        try await store.read {
            try $0.entries(Self.table, .prefix(Self.account(conversation)), .backward, limit: 50).count
        }
    }

    func markRead(_ number: Int) async throws {
        try await store.write(durability: .relaxed) { transaction in
            guard var value = try transaction.value(of: Self.key(number), in: Self.table) else { return }
            value[0] &+= 1
            try transaction.put(value, for: Self.key(number), in: Self.table)
        }
    }

    private static func key(_ number: Int) -> [UInt8] {
        var key = KeyWriter()
        key.fixed(account(number % conversations))
        key.integer(Int64(number))
        key.fixed(account(number % conversations))
        return key.key
    }

    private static func account(_ number: Int) -> [UInt8] {
        [5] + StorageSample.key(number &* 0x9e37_79b9 & 0xffff_ffff)
    }
}
