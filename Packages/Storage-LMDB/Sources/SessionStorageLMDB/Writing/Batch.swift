import SessionInterfaces

/// Several writes in one commit.
enum Batch {
    /// What hands over the result, or what the body threw.
    typealias Outcome = Result<@Sendable () -> Void, any Error>

    /// Runs the bodies one after the other and commits those that did not throw.
    /// - Throws: `StoreError` when LMDB fails; then nothing was changed.
    static func commit(_ requests: [WriteRequest], to environment: Environment) throws -> [Outcome] {
        try inOneTransaction(environment) { try runTogether(requests, in: $0) }
            ?? inOneTransaction(environment) { whole in
                try requests.map { try runAlone($0, within: whole, environment) }
            } ?? []
    }

    /// Commits when a body succeeded; nothing is changed when `run` gives up.
    private static func inOneTransaction(
        _ environment: Environment, _ run: (Tree) throws -> [Outcome]?
    ) throws -> [Outcome]? {
        let whole = try environment.begin()
        let outcomes: [Outcome]?
        do {
            outcomes = try run(whole)
        } catch {
            whole.abort()
            throw error
        }
        if let outcomes, outcomes.contains(where: \.isSuccess) {
            try whole.commit()
        } else {
            whole.abort()
        }
        return outcomes
    }

    /// Without a transaction for each, as hardly any body throws. Nil when one did that had changed something, which
    /// only the end of the whole undoes.
    private static func runTogether(_ requests: [WriteRequest], in whole: Tree) throws -> [Outcome]? {
        let transaction = LMDBTransaction(whole)
        var outcomes: [Outcome] = []
        for request in requests {
            let changesBefore = transaction.changes
            let outcome = Outcome { try request.run(transaction) }
            // Even if the body has got over it.
            if let failure = whole.failure { throw failure.storeError }
            guard outcome.isSuccess || transaction.changes == changesBefore || requests.count == 1 else { return nil }
            outcomes.append(outcome)
        }
        if outcomes.contains(where: \.isSuccess) { try transaction.finish() }
        return outcomes
    }

    /// In a transaction inside the whole, which leaves no trace when the body throws.
    private static func runAlone(
        _ request: WriteRequest, within whole: Tree, _ environment: Environment
    ) throws -> Outcome {
        let part = try environment.begin(in: whole)
        let transaction = LMDBTransaction(part)
        let outcome = Outcome {
            let handOver = try request.run(transaction)
            try transaction.finish()
            return handOver
        }
        if let failure = part.failure {
            part.abort()
            throw failure.storeError
        }
        if outcome.isSuccess {
            try part.commit()
        } else {
            part.abort()
        }
        return outcome
    }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
