public import SessionInterfaces

/// What one node answered to a poll.
public struct PollAnswer: Sendable {
    public let retrieved: RetrieveAnswer
    /// What the members did about the messages that were to be kept longer; nil when that was not asked for.
    public let renewal: Result<SwarmAnswer<ExpiryOutcome>, SwarmError>?

    public init(retrieved: RetrieveAnswer, renewal: Result<SwarmAnswer<ExpiryOutcome>, SwarmError>? = nil) {
        self.retrieved = retrieved
        self.renewal = renewal
    }
}

extension SwarmClient {
    /// Asks one certain node once. Whom to ask, and when, is for `SwarmPoller` to say.
    ///
    /// A request that the node refuses for its time is signed anew after the clock was set, once.
    /// - Throws: `SwarmError`, with `.wrongSwarm` when the node does not serve the account: then the list of nodes is
    ///   checked before its time; `RouterError`, or `CancellationError`.
    public func poll(_ query: PollQuery, at node: ServiceNode, credential: SwarmCredential?) async throws -> PollAnswer
    {
        var signing = SigningClock(clock)
        while true {
            do {
                return try await pollOnce(query, at: node, credential: credential, signedAt: signing.time.moment)
            } catch is Misdirection {
                await pool.doubt()
                throw SwarmError(status: 421, text: "")
            } catch let error as SwarmError where error.code == .clockSkew {
                guard try await settle(error, with: node, &signing) else { throw error }
            } catch {
                await blame(node, for: error)
                throw error
            }
        }
    }

    private func pollOnce(
        _ query: PollQuery, at node: ServiceNode, credential: SwarmCredential?, signedAt moment: Timestamp
    ) async throws -> PollAnswer {
        let document = try query.request(credential: credential, signedAt: moment).document()
        let (answer, path) = try await exchange(document, with: node)
        let renewal = query.renewal(credential: credential)
        let parts = try SubAnswers.parts(of: answer, calls: query.namespaces.count + (renewal == nil ? 0 : 1))
        let retrieved = try RetrieveAnswer(
            parts.prefix(query.namespaces.count), from: node, of: query.account, query.namespaces, path: path)
        if retrieved.rejected > 0 { await pool.strike(node.ed25519Key, .transient) }
        guard let renewal, let part = parts.last else { return PollAnswer(retrieved: retrieved) }
        let swarm = try await pool.swarm(of: query.account)
        let origin = AnswerOrigin(swarm: swarm, path: path, signedAt: moment)
        return PollAnswer(retrieved: retrieved, renewal: try Self.result(of: part, renewal, origin))
    }
}
