import GRDB
import SessionInterfaces

/// Several writes in one commit.
enum Batch {
    /// What hands over the result, or what the body threw.
    typealias Outcome = Result<@Sendable () -> Void, any Error>

    /// Runs the bodies one after the other and commits those that did not throw.
    /// - Throws: what SQLite reported; then nothing was changed.
    static func commit(_ requests: [WriteRequest], in database: Database) throws -> [Outcome] {
        try inOneTransaction(database) { try runTogether(requests, in: database) }
            ?? inOneTransaction(database) { try requests.map { try runAlone($0, in: database) } } ?? []
    }

    /// Commits when a body succeeded; nothing is changed when `run` gives up.
    private static func inOneTransaction(_ database: Database, _ run: () throws -> [Outcome]?) throws -> [Outcome]? {
        var outcomes: [Outcome]?
        try database.inTransaction(.immediate) {
            outcomes = try run()
            return outcomes?.contains(where: \.isSuccess) == true ? .commit : .rollback
        }
        return outcomes
    }

    /// Without a savepoint for each, as hardly any body throws. Nil when one did that had changed something, which only
    /// the end of the whole undoes.
    private static func runTogether(_ requests: [WriteRequest], in database: Database) throws -> [Outcome]? {
        let entries = try Entries(database)
        let transaction = SQLiteTransaction(entries)
        var outcomes: [Outcome] = []
        for request in requests {
            let changesBefore = database.totalChangesCount
            let outcome = Outcome { try request.run(transaction) }
            // Even if the body has got over it: SQLite may have given up the transaction.
            if let failure = entries.failure { throw failure }
            guard outcome.isSuccess || database.totalChangesCount == changesBefore || requests.count == 1 else {
                return nil
            }
            outcomes.append(outcome)
        }
        if outcomes.contains(where: \.isSuccess) { try transaction.finish() }
        return outcomes
    }

    /// Within a savepoint, so that it leaves no trace when the body throws.
    private static func runAlone(_ request: WriteRequest, in database: Database) throws -> Outcome {
        var outcome: Outcome?
        try database.inSavepoint {
            let entries = try Entries(database)
            let transaction = SQLiteTransaction(entries)
            let result = Outcome {
                let handOver = try request.run(transaction)
                try transaction.finish()
                return handOver
            }
            if let failure = entries.failure { throw failure }
            outcome = result
            return result.isSuccess ? .commit : .rollback
        }
        guard let outcome else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return outcome
    }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
