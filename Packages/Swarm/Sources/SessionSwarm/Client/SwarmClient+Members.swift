import SessionInterfaces

extension SwarmClient {
    /// Calls `attempt` with one member of the account's swarm after the other until it succeeds.
    func askMembers<Answer>(
        of account: AccountID, _ attempt: (ServiceNode, Swarm) async throws -> Answer
    ) async throws -> Answer {
        var trials = MemberTrials(try await swarm(of: account), attempts: configuration.attempts)
        var generator = random.generator
        var failure: any Error = SwarmError(.noSwarm, "the swarm has no member to ask")
        var pause = Duration.zero
        while let member = trials.next(using: &generator) {
            do {
                try await Task.sleep(for: pause)
                return try await attempt(member, trials.swarm)
            } catch let misdirection as Misdirection {
                failure = SwarmError(status: 421, text: "")
                try await follow(misdirection, of: member, from: account, in: &trials)
            } catch {
                try Task.checkCancellation()
                failure = error
                await blame(member, for: error)
                switch AttemptVerdict(error) {
                case .nextMember: pause = configuration.retryPause
                case .nextMemberLater: pause = configuration.rateLimitPause
                case .giveUp: throw error
                }
            }
        }
        throw failure
    }

    /// The swarm as the list of nodes gives it; the list is replaced first when it is old or has too few members.
    private func swarm(of account: AccountID) async throws -> Swarm {
        try await refreshIfDue()
        let swarm = try await pool.swarm(of: account)
        let minimum = pool.network.rules.minimumSwarmSize
        guard swarm.members.count < minimum else { return swarm }
        await pool.doubt()
        try await refreshIfDue()
        let newer = try await pool.swarm(of: account)
        guard newer.members.count >= minimum else {
            throw SwarmError(.noSwarm, "the swarm has \(newer.members.count) known members, fewer than \(minimum)")
        }
        return newer
    }

    /// Goes where a node says the account is: among nodes that are known here, for this request only.
    ///
    /// Remembering it would let one node keep an account away from its swarm.
    private func follow(
        _ misdirection: Misdirection, of member: ServiceNode, from account: AccountID, in trials: inout MemberTrials
    ) async throws {
        await pool.doubt()
        guard !misdirection.members.isEmpty else { return await pool.strike(member.ed25519Key, .transient) }
        var swarm = await pool.swarm(namedBy: misdirection)
        if swarm == nil {
            try await refreshIfDue()
            swarm = try await pool.swarm(of: account)
        }
        guard let swarm, trials.redirect(to: swarm) else {
            throw SwarmError(.wrongSwarm, "nodes disagree about who serves the account", status: 421)
        }
    }

    /// An answer that cannot be what it claims comes from a bad node, or from one that a stale list takes for a member.
    private func blame(_ member: ServiceNode, for error: any Error) async {
        guard let error = error as? SwarmError, [.malformedAnswer, .unverified].contains(error.code) else { return }
        await pool.strike(member.ed25519Key, .transient)
        if error.code == .unverified { await pool.doubt() }
    }

    private func refreshIfDue() async throws {
        guard await pool.isDue else { return }
        do {
            try await pool.refresh(through: router)
        } catch {
            // The old list stays, and with it a good chance.
            try Task.checkCancellation()
        }
    }
}
