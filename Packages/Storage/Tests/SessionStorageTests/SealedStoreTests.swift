import SessionCrypto
import SessionInterfaces
import SessionStorage
import Testing

@Suite struct SealedStoreTests {
    private let cheap = Argon2id.Cost(passes: 1, memory: 8192)
    private let table: StoreTable = "history"
    private let layout = KeyLayout(.fixed(33), .number(Int64.self), .fixed(33))

    private func passphrase(_ text: String) -> SealingSecret { .passphrase(SecretText(text)) }

    private func account(_ byte: UInt8) -> [UInt8] { [5] + [UInt8](repeating: byte, count: 32) }

    private func key(_ account: UInt8, _ moment: Int64, _ sender: UInt8) -> [UInt8] {
        var writer = KeyWriter()
        writer.fixed(self.account(account))
        writer.integer(moment)
        writer.fixed(self.account(sender))
        return writer.key
    }

    @Test func anotherPassphraseIsToldFromDamage() async throws {
        let inner = MemoryStore()
        let store = try await SealedStore.open(inner, with: passphrase("right"), cost: cheap)
        try await store.write { try $0.put([1], for: [1], in: table) }
        #expect(try await SealedStore.isSealed(inner))
        for wrong in [passphrase("wrong"), passphrase(""), .key(SecretBytes([UInt8](repeating: 0, count: 32)))] {
            await #expect(throws: StoreError(.wrongKey, "")) { _ = try await SealedStore.open(inner, with: wrong) }
        }
        let again = try await SealedStore.open(inner, with: passphrase("right"))
        #expect(try await again.read { try $0.value(of: [1], in: table) } == [1])
    }

    /// Wherever the header or an entry is damaged, it is called damaged; never is the passphrase blamed.
    @Test func damageIsToldFromAnotherPassphrase() async throws {
        let inner = MemoryStore()
        let store = try await SealedStore.open(inner, with: passphrase("right"), cost: cheap)
        try await store.write { try $0.put([1, 2, 3], for: [1], in: table) }
        for name in try await inner.read({ try $0.tables() }) {
            for entry in try await inner.read({ try $0.entries(name) }) {
                for position in entry.value.indices {
                    var damaged = entry.value
                    damaged[position] ^= 0x10
                    let value = damaged
                    try await inner.write { try $0.put(value, for: entry.key, in: name) }
                    await #expect(throws: StoreError(.corrupted, "")) {
                        let store = try await SealedStore.open(inner, with: passphrase("right"))
                        _ = try await store.read { try $0.entries(table) }
                    }
                }
                try await inner.write { try $0.put(entry.value, for: entry.key, in: name) }
            }
        }
        try await SealedStore.open(inner, with: passphrase("right")).verify()
    }

    @Test func anEntryIsGoodAtItsPlaceOnly() async throws {
        let inner = MemoryStore()
        let store = try await SealedStore.open(
            inner, with: passphrase("a"), layouts: [table: layout, "other": layout], cost: cheap)
        try await store.write { transaction in
            try transaction.put([1], for: key(1, 1, 1), in: table)
            try transaction.put([2], for: key(1, 2, 1), in: table)
            try transaction.put([3], for: key(1, 1, 1), in: "other")
        }
        let (own, foreign) = try await inner.read { (try $0.entries(table), try $0.entries("other")) }
        #expect(own[0].key != foreign[0].key)
        for (value, place, target) in [
            (own[1].value, own[0].key, table), (own[0].value, foreign[0].key, "other" as StoreTable),
        ] {
            try await inner.write { try $0.put(value, for: place, in: target) }
            await #expect(throws: StoreError(.corrupted, "")) { _ = try await store.read { try $0.entries(target) } }
        }
    }

    @Test func anotherPassphraseCostsOneSmallWrite() async throws {
        let inner = MemoryStore()
        let store = try await SealedStore.open(inner, with: passphrase("old"), cost: cheap)
        try await store.write { transaction in
            for byte in 0..<50 as Range<UInt8> { try transaction.put([byte], for: [byte], in: table) }
        }
        let before = try await inner.read { try $0.entries(table) }
        let file = SealingSecret.key(SecretBytes.random(count: 4500, from: CryptoRandom()))
        for secret in [file, passphrase("new")] {
            try await store.change(to: secret, cost: cheap)
            #expect(try await inner.read { try $0.entries(table) } == before)
            await #expect(throws: StoreError(.wrongKey, "")) {
                _ = try await SealedStore.open(inner, with: passphrase("old"))
            }
            try await SealedStore.open(inner, with: secret).verify()
        }
    }

    @Test func shortKeysAreRefused() async throws {
        await #expect(throws: StoreError(.wrongKey, "")) {
            let short = SealingSecret.key(SecretBytes([UInt8](repeating: 1, count: 31)))
            _ = try await SealedStore.open(MemoryStore(), with: short)
        }
    }

    @Test func dataThatIsNotSealedIsNotTouched() async throws {
        let inner = MemoryStore()
        try await inner.write { try $0.put([1], for: [1], in: table) }
        await #expect(throws: StoreError(.sealed, "")) {
            _ = try await SealedStore.open(inner, with: passphrase("a"), cost: cheap)
        }
        #expect(try await inner.read { try $0.tables() } == [table])
    }

    @Test func itsOwnTableIsHidden() async throws {
        let store = try await SealedStore.open(MemoryStore(), with: passphrase("a"), cost: cheap)
        try await store.write { try $0.put([1], for: [1], in: table) }
        #expect(try await store.read { try $0.tables() } == [table])
        #expect(try await store.statistics().entries == [table: 1])
        await #expect(throws: StoreError(.invalidTable, "")) {
            try await store.write { try $0.put([1], for: [1], in: "session.sealed") }
        }
    }

    /// Conversations stay together and in order of time, and no account can be read.
    @Test func orderSurvivesAndAccountsDoNot() async throws {
        let inner = MemoryStore()
        let store = try await SealedStore.open(inner, with: passphrase("a"), layouts: [table: layout], cost: cheap)
        let moments: [Int64] = [3, 1, 9, 2, 500, 70, -4]
        try await store.write { transaction in
            for account in 1...3 as ClosedRange<UInt8> {
                for moment in moments {
                    for sender in [account, 200] {
                        try transaction.put([account, sender], for: key(account, moment, sender), in: table)
                    }
                }
            }
        }
        let prefix = KeyRange.prefix(account(2))
        let found = try await store.read { try $0.entries(table, prefix, .backward, limit: 5).map(\.key) }
        #expect(found == [key(2, 500, 200), key(2, 500, 2), key(2, 70, 200), key(2, 70, 2), key(2, 9, 200)])
        let stored = try await inner.read { snapshot in
            try snapshot.tables().flatMap { try snapshot.entries($0).flatMap { $0.key + $0.value } }
        }
        for byte in [1, 2, 3, 200] as [UInt8] {
            #expect(!stored.contains([UInt8](repeating: byte, count: 5)))
        }
        #expect(stored.contains([0x80, 0, 0, 0, 0, 0, 0x01, 0xf4]), "the number 500, by which order survives")
    }

    /// What a range reads of the other store is little, or the order of conversations would be worth nothing.
    @Test func aRangeInsideOfAnIdentifierIsRead() async throws {
        let store = try await SealedStore.open(
            MemoryStore(), with: passphrase("a"), layouts: [table: layout], cost: cheap)
        try await store.write { transaction in
            for moment in 0..<2000 as Range<Int64> { try transaction.put([], for: key(7, moment, 7), in: table) }
            for other in 0..<200 as Range<UInt8> { try transaction.put([], for: key(other, 1, 7), in: table) }
        }
        let range = KeyRange(from: key(7, 500, 7), upTo: key(7, 510, 7))
        let (found, removed) = try await store.write { transaction in
            (try transaction.entries(table, range).map(\.key), try transaction.removeAll(range, from: table))
        }
        #expect(found == (500..<510).map { key(7, $0, 7) })
        #expect(removed == 10)
        #expect(try await store.read { try $0.count(table) } == 2189)
    }

    /// A later program that thinks otherwise of the keys reads what is there.
    @Test func theLayoutOfATableStays() async throws {
        let inner = MemoryStore()
        let store = try await SealedStore.open(inner, with: passphrase("a"), layouts: [table: layout], cost: cheap)
        try await store.write { try $0.put([1], for: key(1, 1, 1), in: table) }
        let later = try await SealedStore.open(inner, with: passphrase("a"), layouts: [table: .opaque])
        try await later.write { try $0.put([2], for: key(1, 2, 1), in: table) }
        #expect(try await store.read { try $0.entries(table).map(\.value) } == [[1], [2]])
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        indices.dropLast(part.count - 1).contains { self[$0..<$0 + part.count].elementsEqual(part) }
    }
}
