import GRDB
import SessionInterfaces

/// Several writes in one commit.
enum Batch {
    /// What hands over the result, or what the body threw.
    typealias Outcome = Result<@Sendable () -> Void, any Error>

    /// Runs the bodies one after the other and commits those that did not throw.
    /// - Throws: what SQLite reported; then nothing was changed.
    static func commit(_ requests: [WriteRequest], in database: Database) throws -> [Outcome] {
        var outcomes: [Outcome] = []
        try database.inTransaction(.immediate) {
            for request in requests {
                outcomes.append(
                    requests.count == 1
                        ? try run(request, in: database) : try runAlone(request, in: database))
            }
            return outcomes.contains(where: \.isSuccess) ? .commit : .rollback
        }
        return outcomes
    }

    /// Within a savepoint, so that it leaves no trace when the body throws.
    private static func runAlone(_ request: WriteRequest, in database: Database) throws -> Outcome {
        var outcome: Outcome?
        try database.inSavepoint {
            let result = try run(request, in: database)
            outcome = result
            return result.isSuccess ? .commit : .rollback
        }
        guard let outcome else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return outcome
    }

    private static func run(_ request: WriteRequest, in database: Database) throws -> Outcome {
        let entries = try Entries(database)
        let transaction = SQLiteTransaction(entries)
        let outcome = Outcome {
            let handOver = try request.run(transaction)
            try transaction.finish()
            return handOver
        }
        // Even if the body has got over it: SQLite may have given up the transaction.
        if let failure = entries.failure { throw failure }
        return outcome
    }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
