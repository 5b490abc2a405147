import SessionInterfaces

/// Several writes in one commit.
enum Batch {
    /// What hands over the result, or what the body threw.
    typealias Outcome = Result<@Sendable () -> Void, any Error>

    /// Runs the bodies one after the other and commits those that did not throw.
    /// - Throws: `StoreError` when LMDB fails; then nothing was changed.
    static func commit(_ requests: [WriteRequest], to environment: Environment) throws -> [Outcome] {
        let whole = try environment.begin()
        let outcomes: [Outcome]
        do {
            if requests.count == 1 {
                outcomes = [try run(requests[0], in: whole)]
            } else {
                outcomes = try requests.map { try runAlone($0, within: whole, environment) }
            }
        } catch {
            whole.abort()
            throw error
        }
        if outcomes.contains(where: \.isSuccess) {
            try whole.commit()
        } else {
            whole.abort()
        }
        return outcomes
    }

    /// In a transaction inside the whole, which leaves no trace when the body throws.
    private static func runAlone(
        _ request: WriteRequest, within whole: Tree, _ environment: Environment
    ) throws -> Outcome {
        let part = try environment.begin(in: whole)
        let outcome: Outcome
        do {
            outcome = try run(request, in: part)
        } catch {
            part.abort()
            throw error
        }
        if outcome.isSuccess {
            try part.commit()
        } else {
            part.abort()
        }
        return outcome
    }

    private static func run(_ request: WriteRequest, in tree: Tree) throws -> Outcome {
        let transaction = LMDBTransaction(tree)
        let outcome = Outcome {
            let handOver = try request.run(transaction)
            try transaction.finish()
            return handOver
        }
        // Even if the body has got over it.
        if let failure = tree.failure { throw failure.storeError }
        return outcome
    }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
