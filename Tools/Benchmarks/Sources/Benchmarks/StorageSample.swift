import SessionInterfaces

/// What the storage benchmarks put into stores: keys of 32 bytes, values of 512.
enum StorageSample {
    static let table: StoreTable = "benchmark"
    static let value = [UInt8](repeating: 0x5a, count: 512)

    static func key(_ number: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            for offset in stride(from: 0, to: 24, by: 8) {
                bytes.storeBytes(of: 0, toByteOffset: offset, as: UInt64.self)
            }
            bytes.storeBytes(of: UInt64(number).bigEndian, toByteOffset: 24, as: UInt64.self)
            count = 32
        }
    }
}

/// A library with nothing around it.
protocol RawStore {
    /// One transaction.
    func insert(_ numbers: Range<Int>, isDurable: Bool) throws
    /// Copies of the values, in one transaction; returns their size.
    func read(_ numbers: [Int]) throws -> Int
    /// Returns the size of the values.
    func scan(from number: Int, count: Int) throws -> Int
    func remove(_ numbers: Range<Int>) throws
}

/// The same through the toolkit.
struct ToolkitStore {
    let store: any Store

    func insert(_ numbers: Range<Int>, isDurable: Bool) async throws {
        try await store.write(durability: isDurable ? .full : .relaxed) { transaction in
            for number in numbers {
                try transaction.put(StorageSample.value, for: StorageSample.key(number), in: StorageSample.table)
            }
        }
    }

    func read(_ numbers: [Int]) async throws -> Int {
        try await store.read { snapshot in
            try numbers.reduce(0) { size, number in
                try size + (snapshot.value(of: StorageSample.key(number), in: StorageSample.table)?.count ?? 0)
            }
        }
    }

    func scan(from number: Int, count: Int) async throws -> Int {
        try await store.read { snapshot in
            var (size, left) = (0, count)
            try snapshot.scan(StorageSample.table, KeyRange(from: StorageSample.key(number)), .forward) { _, value in
                size += value.byteCount
                left -= 1
                return left > 0 ? .next : .stop
            }
            return size
        }
    }

    func remove(_ numbers: Range<Int>) async throws {
        let range = KeyRange(
            from: StorageSample.key(numbers.lowerBound), upTo: StorageSample.key(numbers.upperBound))
        try await store.write(durability: .relaxed) { _ = try $0.removeAll(range, from: StorageSample.table) }
    }
}
