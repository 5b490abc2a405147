import SessionInterfaces
import SessionStorage
import Testing

@Suite struct TypedTableTests {
    struct Note: StoredRecord, Hashable {
        static let formatVersion: UInt8 = 1
        let text: String

        init(_ text: String) { self.text = text }
        func encode(into writer: inout RecordWriter) { writer.text(text) }
        init(from reader: inout RecordReader, version: UInt8) throws { text = try reader.text() }
    }

    private static let notes = TypedTable<Note>("notes")

    @Test func recordsAreFoundByKeyAndRange() async throws {
        let store = MemoryStore()
        try await store.write { transaction in
            for key in 1...5 as ClosedRange<UInt8> {
                try Self.notes.put(Note("note \(key)"), for: [key], in: transaction)
            }
            #expect(try !Self.notes.putIfAbsent(Note("other"), for: [5], in: transaction))
            #expect(try Self.notes.remove([1], in: transaction))
        }
        try await store.read { snapshot in
            #expect(try Self.notes.count(in: snapshot) == 4)
            #expect(try Self.notes.record(of: [5], in: snapshot) == Note("note 5"))
            #expect(try Self.notes.record(of: [1], in: snapshot) == nil)
            #expect(try Self.notes.contains([2], in: snapshot))
            let latest = try Self.notes.records(KeyRange(upTo: [5]), .backward, limit: 2, in: snapshot)
            #expect(latest.map(\.key) == [[4], [3]])
            #expect(latest.map(\.record) == [Note("note 4"), Note("note 3")])
            var visited: [String] = []
            try Self.notes.scan(in: snapshot) { key, record in
                visited.append(record.text)
                return key == [3] ? .stop : .next
            }
            #expect(visited == ["note 2", "note 3"])
        }
    }

    @Test func foreignBytesAreRefused() async throws {
        let store = MemoryStore()
        try await store.write { try $0.put([1, 200, 0], for: [1], in: Self.notes.table) }
        await #expect(throws: StoreError(.corrupted, "")) {
            try await store.read { try Self.notes.record(of: [1], in: $0) }
        }
    }
}
