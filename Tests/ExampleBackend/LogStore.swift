public import SessionInterfaces
import SessionStorage
import Synchronization

/// A backend as a third party might write it: what is in it is kept in memory, and every transaction is added to a file.
///
/// Good for little data that changes seldom: opening reads everything that was ever written, and a write waits for the
/// medium on the caller's thread.
public final class LogStore: Store {
    private let memory: MemoryStore
    private let file: Mutex<LogFile?>

    /// Opens the store in the files that begin with `path`, or makes a new one there.
    public static func open(_ path: String) async throws -> LogStore {
        var records: [[UInt8]] = []
        let file = try LogFile.open(path) { records.append($0) }
        let memory = MemoryStore()
        for record in records {
            try await memory.write { try Changes(stored: record).apply(to: $0) }
        }
        return LogStore(memory, file)
    }

    private init(_ memory: MemoryStore, _ file: consuming LogFile) {
        self.memory = memory
        self.file = Mutex(file)
    }

    public func read<R: Sendable>(_ body: @Sendable (any StoreSnapshot) throws -> R) async throws -> R {
        try await memory.read(body)
    }

    public func write<R: Sendable>(
        durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R
    ) async throws -> R {
        try await memory.write { transaction in
            let recorder = Recorder(transaction)
            let result = try body(recorder)
            // Nothing is shown of what the file does not have: when this throws, memory stays as it was.
            if !recorder.changes.list.isEmpty {
                try self.file.withLock { try $0?.append(recorder.changes.stored(), durability: durability) }
            }
            return result
        }
    }

    public func statistics() async throws -> StoreStatistics {
        var statistics = try await memory.statistics()
        statistics.backend = "log"
        statistics.formatVersion = Int(Changes.formatVersion)
        let size = file.withLock { $0?.size ?? 0 }
        statistics.reusable = max(size - statistics.size, 0)
        statistics.size = size
        return statistics
    }

    public func verify() async throws {
        _ = try await memory.statistics()
        try file.withLock { try $0?.verify { _ = try Changes(stored: $0) } }
    }

    public func close() async {
        await memory.close()
        file.withLock { $0 = nil }
    }
}
