public import SessionInterfaces

/// Where a router keeps its guards from one run to the next: one small record for each network.
public struct GuardRecord: Sendable {
    private static let table: StoreTable = "onion_guards"

    private let store: any Store
    private let key: [UInt8]

    /// - Parameter network: The network's name; only its first 64 bytes count.
    public init(in store: any Store, network: String) {
        self.store = store
        key = Array("\(network)".utf8.prefix(64))
    }

    /// Guards of earlier runs; none when the record is missing, damaged, or cannot be read.
    func load(at now: Timestamp) async -> GuardBook {
        guard !key.isEmpty else { return GuardBook() }
        let bytes = try? await store.read { [key] in try $0.value(of: key, in: Self.table) }
        return bytes.flatMap { $0 }.flatMap { GuardBook(record: $0, at: now) } ?? GuardBook()
    }

    /// Without durability: guards are chosen again if they are lost. Says whether it succeeded.
    @discardableResult
    func save(_ guards: GuardBook) async -> Bool {
        guard !key.isEmpty else { return false }
        let record = guards.record
        do {
            try await store.write(durability: .relaxed) { [key] in try $0.put(record, for: key, in: Self.table) }
            return true
        } catch {
            return false
        }
    }
}
