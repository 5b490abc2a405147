import SessionInterfaces

extension SwarmClient {
    /// Performs one call at the swarm of its account. Attempts send the same bytes until one succeeds; only when the
    /// clock had to be set is the request dated and signed anew.
    /// - Throws: `SwarmError`, `RouterError`, or `CancellationError`.
    public func perform<Answer>(_ call: StorageCall<Answer>) async throws -> Answer {
        try await askMembers(of: call.account) { time in
            (document: try call.request(time).document(), moment: time.moment)
        } _: { prepared, member, swarm in
            let (answer, path) = try await exchange(prepared.document, with: member)
            return try call.answer(answer, AnswerOrigin(swarm: swarm, path: path, signedAt: prepared.moment))
        }
    }

    /// Performs calls about one account at one member, one after the other until one fails.
    ///
    /// Of a sequence that stopped, what came before the failure has been done; repeating the whole is harmless, for
    /// what is stored or deleted already stays so.
    /// - Parameter calls: 1 to 20 about the same account.
    /// - Throws: `SwarmError`, also when the first call fails at once; `RouterError`, or `CancellationError`.
    public func sequence<Answer>(_ calls: [StorageCall<Answer>]) async throws -> SequenceAnswer<Answer> {
        let parts = try await several(calls, mayStop: true, StorageRequest.sequence)
        return SequenceAnswer(results: parts, count: calls.count)
    }

    /// Performs calls about one account at one member, all at once.
    /// - Parameter calls: 1 to 20 about the same account.
    /// - Returns: the outcome of each, in the order of the calls.
    /// - Throws: `SwarmError`, also when all calls fail alike; `RouterError`, or `CancellationError`.
    public func batch<Answer>(_ calls: [StorageCall<Answer>]) async throws -> [Result<Answer, SwarmError>] {
        try await several(calls, mayStop: false, StorageRequest.batch)
    }

    private func several<Answer>(
        _ calls: [StorageCall<Answer>], mayStop: Bool,
        _ combine: ([StorageRequest]) throws(SwarmError) -> StorageRequest
    ) async throws -> [Result<Answer, SwarmError>] {
        guard let account = calls.first?.account, calls.allSatisfy({ $0.account == account }) else {
            throw SwarmError(.invalidRequest, "the calls are not all about one account")
        }
        return try await askMembers(of: account) { time in
            let requests = try calls.map { (call) throws(SwarmError) in try call.request(time) }
            return (document: try combine(requests).document(), moment: time.moment)
        } _: { prepared, member, swarm in
            let (answer, path) = try await exchange(prepared.document, with: member)
            let origin = AnswerOrigin(swarm: swarm, path: path, signedAt: prepared.moment)
            let parts = try SubAnswers.parts(of: answer, calls: calls.count, mayStop: mayStop)
            if mayStop, parts.count < calls.count, parts.last?.isSuccess == true {
                throw SwarmError(.malformedAnswer, "the sequence ends without a failure")
            }
            return try zip(calls, parts).map { call, part in try Self.result(of: part, call, origin) }
        }
    }

    static func result<Answer>(
        of part: SubAnswer, _ call: StorageCall<Answer>, _ origin: AnswerOrigin
    ) throws -> Result<Answer, SwarmError> {
        do {
            guard part.isSuccess else { throw part.failure }
            return .success(try call.answer(part.body, origin))
        } catch let error as SwarmError {
            return .failure(error)
        }
    }
}

/// What became of a sequence of calls.
public struct SequenceAnswer<Answer: Sendable>: Sendable {
    /// The outcome of each call that was made, in their order. The node makes no call after one that it refuses.
    public let results: [Result<Answer, SwarmError>]
    /// Calls that were asked for.
    public let count: Int

    public init(results: [Result<Answer, SwarmError>], count: Int) {
        self.results = results
        self.count = count
    }

    /// Whether every call was made and succeeded. Otherwise nothing counts as done: repeat the whole.
    public var isComplete: Bool {
        results.count == count && results.allSatisfy { if case .success = $0 { true } else { false } }
    }

    /// The answers, when the sequence is complete.
    /// - Throws: `SwarmError`: the first failure.
    public func answers() throws(SwarmError) -> [Answer] {
        var answers: [Answer] = []
        for result in results { answers.append(try result.get()) }
        guard answers.count == count else {
            throw SwarmError(.malformedAnswer, "the node made \(answers.count) of \(count) calls")
        }
        return answers
    }
}
