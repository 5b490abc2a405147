import SessionInterfaces
import SessionStorage
import Testing

@Suite struct RecordTests {
    struct Sample: StoredRecord, Hashable {
        static let formatVersion: UInt8 = 2

        var flag = true
        var count: UInt16 = 300
        var moment: Int64 = -5
        var text = "é"
        var data: [UInt8] = [1, 2, 3]
        var fixed: [UInt8] = [9, 8]
        var name: String? = "x"
        var list: [UInt64] = [0, 127, 128, .max]
        /// Since version 2.
        var added: UInt8 = 7

        init() {}

        func encode(into writer: inout RecordWriter) {
            writer.flag(flag)
            writer.integer(count)
            writer.integer(moment)
            writer.text(text)
            writer.bytes(data)
            writer.fixed(fixed)
            writer.optional(name) { $0.text($1) }
            writer.list(list) { $0.integer($1) }
            writer.byte(added)
        }

        init(from reader: inout RecordReader, version: UInt8) throws {
            flag = try reader.flag()
            count = try reader.integer()
            moment = try reader.integer()
            text = try reader.text()
            data = try reader.bytes()
            fixed = try reader.fixed(2)
            name = try reader.optional { try $0.text() }
            list = try reader.list { try $0.integer() }
            added = version >= 2 ? try reader.byte() : 0
        }
    }

    @Test func storedFormIsFixed() {
        let expected: [UInt8] = [
            2, 1, 0xac, 0x02, 9, 2, 0xc3, 0xa9, 3, 1, 2, 3, 9, 8, 1, 1, 0x78, 4, 0, 0x7f, 0x80, 0x01,
            0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 7,
        ]
        #expect(Sample().stored() == expected)
    }

    @Test func recordsComeBack() throws {
        var sample = Sample()
        #expect(try Sample(stored: sample.stored()) == sample)
        (sample.name, sample.list, sample.text, sample.data) = (nil, [], "", [])
        #expect(try Sample(stored: sample.stored()) == sample)
    }

    @Test func anOlderVersionIsRead() throws {
        var expected = Sample()
        expected.added = 0
        let older = [1] + Sample().stored().dropFirst().dropLast()
        #expect(try Sample(stored: older) == expected)
    }

    @Test func aLaterVersionIsRefused() {
        #expect(throws: StoreError(.unsupportedVersion, "")) {
            try Sample(stored: [3] + Sample().stored().dropFirst())
        }
    }

    @Test func everyTruncationIsRefused() {
        let stored = Sample().stored()
        for length in stored.indices {
            #expect(throws: StoreError(.corrupted, "")) { try Sample(stored: Array(stored.prefix(length))) }
        }
        #expect(throws: StoreError(.corrupted, "")) { try Sample(stored: stored + [0]) }
        #expect(throws: StoreError(.corrupted, "")) { try Sample(stored: [0] + stored.dropFirst()) }
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func hostileBytesAreReadOrRefused(seed: UInt64) {
        var generator = SeededRandom(seed: seed).generator
        var bytes = Sample().stored()
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            bytes[Int.random(in: 1..<bytes.count, using: &generator)] = .random(in: .min ... .max, using: &generator)
        }
        do {
            // What is accepted has a stored form that reads the same.
            let sample = try Sample(stored: bytes)
            #expect(try Sample(stored: sample.stored()) == sample)
        } catch {
            #expect(error as? StoreError == StoreError(.corrupted, ""))
        }
    }

    @Test(
        arguments: [
            [0x80], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        ] as [[UInt8]])
    func integersBeyond64BitsAreRefused(bytes: [UInt8]) {
        var reader = RecordReader(bytes)
        #expect(throws: StoreError(.corrupted, "")) { try reader.integer(UInt64.self) }
    }

    @Test func integersOfEveryTypeComeBack() throws {
        var writer = RecordWriter()
        writer.integer(Int64.min)
        writer.integer(Int64.max)
        writer.integer(UInt64.max)
        writer.integer(Int8.min)
        writer.integer(300)
        var reader = RecordReader(writer.encoded)
        #expect(try reader.integer() == Int64.min)
        #expect(try reader.integer() == Int64.max)
        #expect(try reader.integer() == UInt64.max)
        #expect(try reader.integer() == Int8.min)
        #expect(throws: StoreError(.corrupted, "")) { try reader.integer(Int8.self) }
        #expect(reader.isAtEnd)
    }

    @Test(arguments: [[5], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]] as [[UInt8]])
    func aLengthBeyondTheEndIsRefused(bytes: [UInt8]) {
        var reader = RecordReader(bytes)
        #expect(throws: StoreError(.corrupted, "")) { try reader.bytes() }
        reader = RecordReader(bytes)
        #expect(throws: StoreError(.corrupted, "")) { try reader.list { try $0.byte() } }
    }
}
