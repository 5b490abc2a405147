import SessionInterfaces
import SessionStorage
import Testing

private struct Person: StoredRecord, Equatable {
    static let formatVersion: UInt8 = 1
    var name: String
    var tags: [String]

    init(_ name: String, _ tags: String...) { (self.name, self.tags) = (name, tags) }

    func encode(into writer: inout RecordWriter) {
        writer.text(name)
        writer.list(tags) { $0.text($1) }
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        name = try reader.text()
        tags = try reader.list { try $0.text() }
    }
}

@Suite struct IndexedTableTests {
    private static let byName = SecondaryIndex<Person>("people.by_name") { _, person in [term(person.name)] }
    private static let byTag = SecondaryIndex<Person>("people.by_tag") { _, person in person.tags.map(term) }
    private let people = IndexedTable<Person>("people", byName, byTag)
    private let store = MemoryStore()

    private static func term(_ text: String) -> [UInt8] {
        var writer = KeyWriter()
        writer.text(text)
        return writer.key
    }

    private func keys(_ index: SecondaryIndex<Person>, _ text: String) async throws -> [[UInt8]] {
        try await store.read { try index.keys(.prefix(Self.term(text)), in: $0) }
    }

    @Test func recordsAreFoundByWhatTheyAre() async throws {
        try await store.write { transaction in
            try people.put(Person("ann", "a", "b"), for: [1], in: transaction)
            try people.put(Person("bob", "b"), for: [2], in: transaction)
            try people.put(Person("ann", "c"), for: [3], in: transaction)
        }
        #expect(try await keys(Self.byName, "ann") == [[1], [3]])
        #expect(try await keys(Self.byTag, "b") == [[1], [2]])
        #expect(try await keys(Self.byName, "an") == [])
        let found = try await store.read { try people.records(by: Self.byTag, in: $0).map(\.record.name) }
        #expect(found == ["ann", "ann", "bob", "ann"])
    }

    @Test func whateverChangesTheyFollow() async throws {
        try await store.write { transaction in
            try people.put(Person("ann", "a", "b"), for: [1], in: transaction)
            try people.put(Person("anne", "b", "c"), for: [1], in: transaction)
            try people.putIfAbsent(Person("nobody", "z"), for: [1], in: transaction)
            try people.putIfAbsent(Person("bob", "c"), for: [2], in: transaction)
            try people.put(Person("eve", "a", "a"), for: [3], in: transaction)
            try people.remove([3], in: transaction)
            try people.remove([9], in: transaction)
        }
        try await store.read { try people.verifyIndices(in: $0) }
        #expect(try await keys(Self.byName, "ann") == [])
        #expect(try await keys(Self.byTag, "a") == [])
        #expect(try await keys(Self.byTag, "c") == [[1], [2]])
        let removed = try await store.write { try people.removeAll(.prefix([1]), in: $0) }
        #expect(removed == 1)
        try await store.read { try people.verifyIndices(in: $0) }
    }

    @Test func driftIsNoticedAndRepaired() async throws {
        try await store.write { try people.put(Person("ann", "a"), for: [1], in: $0) }
        let changes: [@Sendable (any StoreTransaction) throws -> Void] = [
            { try people.records.put(Person("bob"), for: [2], in: $0) },
            { try people.records.remove([1], in: $0) },
            { try $0.removeAll(.all, from: "people.by_tag") },
            { try $0.put([1], for: [1], in: "people.by_name") },
        ]
        for change in changes {
            try await store.write { try people.put(Person("ann", "a"), for: [1], in: $0) }
            try await store.write(change)
            await #expect(throws: StoreError(.corrupted, "")) {
                try await store.read { try people.verifyIndices(in: $0) }
            }
            try await store.write { try people.rebuildIndices(in: $0) }
            try await store.read { try people.verifyIndices(in: $0) }
        }
    }

    @Test func aTransactionThatThrowsChangesNoIndex() async throws {
        struct Interruption: Error {}
        await #expect(throws: Interruption.self) {
            try await store.write { transaction in
                try people.put(Person("ann", "a"), for: [1], in: transaction)
                throw Interruption()
            }
        }
        #expect(try await keys(Self.byName, "ann") == [])
    }
}
