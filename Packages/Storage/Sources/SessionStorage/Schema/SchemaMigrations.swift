public import SessionInterfaces

/// The steps by which the tables of a program have come to be what they are.
///
/// Records change their form one by one, as they are read: see `StoredRecord`. What has to change at once, a new index or
/// another key, is a step here. A store remembers the last step that it has taken, and takes those that it lacks, each in
/// a transaction of its own: after a crash, it goes on where it was.
public struct SchemaMigrations: Sendable {
    public typealias Step = @Sendable (any StoreTransaction) throws -> Void

    private static let table: StoreTable = "session.schema"
    /// Whose tables they are; several programs may share a store.
    public let name: String
    private let steps: [Step]

    /// - Parameter steps: in order; steps are added at the end, and never taken away.
    public init(_ name: String, steps: [Step]) {
        self.name = name
        self.steps = steps
    }

    /// The version that `run` leads to: the number of steps.
    public var version: Int { steps.count }

    /// Takes the steps that the store lacks. A new store takes all of them.
    /// - Returns: how many there were.
    /// - Throws: `StoreError(.unsupportedVersion)` when a later program has been here, or what a step throws; then the
    ///   steps before it have been taken.
    @discardableResult
    public func run(on store: any Store) async throws -> Int {
        let key = Array(name.utf8)
        let found = try await store.read { try Self.version(key, in: $0) }
        guard found <= version else {
            throw StoreError(
                .unsupportedVersion, "'\(name)' has version \(found), but this program knows \(version)")
        }
        for (number, step) in steps.enumerated().dropFirst(found) {
            try await store.write { transaction in
                guard try Self.version(key, in: transaction) == number else {
                    throw StoreError(.failed, "'\(name)' is being brought up to date by someone else")
                }
                try step(transaction)
                var writer = RecordWriter()
                writer.integer(number + 1)
                try transaction.put(writer.encoded, for: key, in: Self.table)
            }
        }
        return version - found
    }

    private static func version(_ key: [UInt8], in snapshot: any StoreSnapshot) throws -> Int {
        guard let stored = try snapshot.value(of: key, in: table) else { return 0 }
        var reader = RecordReader(stored)
        let version = try reader.integer(Int.self)
        guard version >= 0 else { throw StoreError(.corrupted, "the version of a schema is negative") }
        return version
    }
}

extension TypedTable {
    /// Writes records of earlier versions anew in the present one: for a step that ends the support of an old form.
    /// - Returns: how many there were.
    @discardableResult
    public func upgrade(in transaction: any StoreTransaction) throws -> Int {
        var upgraded = 0
        try transaction.scan(table, .all, .forward) { key, value in
            let stored = [UInt8](value)
            guard stored.first != Record.formatVersion else { return .next }
            try put(try Record(stored: stored), for: [UInt8](key), in: transaction)
            upgraded += 1
            return .next
        }
        return upgraded
    }
}
