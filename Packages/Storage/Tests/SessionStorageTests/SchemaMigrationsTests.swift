import SessionInterfaces
import SessionStorage
import Testing

private struct Note: StoredRecord {
    static let formatVersion: UInt8 = 2
    var text: String
    var stars: Int

    init(_ text: String, stars: Int) { (self.text, self.stars) = (text, stars) }

    func encode(into writer: inout RecordWriter) {
        writer.text(text)
        writer.integer(stars)
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        text = try reader.text()
        stars = version >= 2 ? try reader.integer() : 0
    }
}

@Suite struct SchemaMigrationsTests {
    private let notes = TypedTable<Note>("notes")
    private let store = MemoryStore()

    private func step(_ name: String) -> SchemaMigrations.Step {
        { transaction in
            let count = try transaction.count("steps")
            try transaction.put(Array(name.utf8), for: [UInt8(count)], in: "steps")
        }
    }

    private func taken() async throws -> [String] {
        try await store.read { try $0.entries("steps").map { String(decoding: $0.value, as: UTF8.self) } }
    }

    @Test func eachStepIsTakenOnce() async throws {
        #expect(try await SchemaMigrations("app", steps: [step("a")]).run(on: store) == 1)
        let later = SchemaMigrations("app", steps: [step("a"), step("b"), step("c")])
        #expect(try await later.run(on: store) == 2)
        #expect(try await later.run(on: store) == 0)
        #expect(try await SchemaMigrations("other", steps: [step("x")]).run(on: store) == 1)
        #expect(try await taken() == ["a", "b", "c", "x"])
    }

    @Test func afterAFailureItGoesOnWhereItWas() async throws {
        struct Interruption: Error {}
        let failing: SchemaMigrations.Step = { transaction in
            try transaction.put([1], for: [99], in: "steps")
            throw Interruption()
        }
        await #expect(throws: Interruption.self) {
            try await SchemaMigrations("app", steps: [step("a"), failing]).run(on: store)
        }
        #expect(try await taken() == ["a"])
        #expect(try await SchemaMigrations("app", steps: [step("a"), step("b")]).run(on: store) == 1)
        #expect(try await taken() == ["a", "b"])
    }

    @Test func aLaterProgramsStoreIsRefused() async throws {
        try await SchemaMigrations("app", steps: [step("a"), step("b")]).run(on: store)
        await #expect(throws: StoreError(.unsupportedVersion, "")) {
            try await SchemaMigrations("app", steps: [step("a")]).run(on: store)
        }
    }

    @Test func oldRecordsAreReadAndWrittenAnew() async throws {
        var old = RecordWriter()
        old.byte(1)
        old.text("old")
        let stored = old.encoded
        try await store.write { transaction in
            try transaction.put(stored, for: [1], in: "notes")
            try notes.put(Note("new", stars: 3), for: [2], in: transaction)
        }
        #expect(try await store.read { try notes.record(of: [1], in: $0)?.text } == "old")
        let steps = SchemaMigrations("app", steps: [{ [notes] in _ = try notes.upgrade(in: $0) }])
        try await steps.run(on: store)
        let versions = try await store.read { try $0.entries("notes").map { $0.value.first } }
        #expect(versions == [2, 2])
        #expect(try await store.read { try notes.records(in: $0).map(\.record.stars) } == [0, 3])
    }
}
