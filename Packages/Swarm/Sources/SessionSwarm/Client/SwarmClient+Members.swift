import SessionInterfaces

extension SwarmClient {
    /// Calls `attempt` with one member of the account's swarm after the other until it succeeds.
    ///
    /// What `prepare` makes is used for every attempt: the same bytes. Only when a node refuses the request for its time,
    /// and other nodes agree that the clock was wrong, is it made anew, once.
    func askMembers<Prepared, Answer>(
        of account: AccountID, prepare: (SigningTime) throws -> Prepared,
        _ attempt: (Prepared, ServiceNode, Swarm) async throws -> Answer
    ) async throws -> Answer {
        var signing = SigningClock(clock)
        var prepared = try prepare(signing.time)
        var trials = MemberTrials(try await currentSwarm(of: account), attempts: configuration.attempts)
        var generator = random.generator
        var failure: any Error = SwarmError(.noSwarm, "the swarm has no member to ask")
        var pause = Duration.zero
        while let member = trials.next(using: &generator) {
            do {
                try await Task.sleep(for: pause)
                return try await attempt(prepared, member, trials.swarm)
            } catch let misdirection as Misdirection {
                failure = SwarmError(status: 421, text: "")
                try await follow(misdirection, of: member, from: account, in: &trials)
            } catch let error as SwarmError where error.code == .clockSkew {
                try Task.checkCancellation()
                failure = error
                guard try await settle(error, with: member, &signing) else { continue }
                prepared = try prepare(signing.time)
                trials.repeatMember(member)
            } catch {
                try Task.checkCancellation()
                failure = error
                await blame(member, for: error)
                if error is RouterError, let swarm = try await swarmOfNewList(for: account) { trials.follow(swarm) }
                switch AttemptVerdict(error) {
                case .nextMember: pause = configuration.retryPause
                case .nextMemberLater: pause = configuration.rateLimitPause
                case .giveUp: throw error
                }
            }
        }
        throw failure
    }

    /// Decides between a node's clock and this one. Follows protocol document 02, sections 5.5 and 5.6.
    /// - Returns: whether the request shall be signed anew; otherwise another member may take it as it is.
    /// - Throws: `error` when nothing more can be done about it.
    func settle(_ error: SwarmError, with member: ServiceNode, _ signing: inout SigningClock) async throws -> Bool {
        let synchronisation: ClockSynchronisation
        do {
            synchronisation = try await synchroniseClock()
        } catch {
            try Task.checkCancellation()
            synchronisation = .failed
        }
        guard synchronisation != .failed else { throw error }
        if signing.renew(by: clock) { return true }
        // The other nodes agree with this clock. A 401 may be about a time that the request itself sets.
        guard error.status == 406 else { throw error }
        await pool.strike(member.ed25519Key, .transient)
        return false
    }

    /// The swarm as the list of nodes gives it; the list is replaced first when it is old or has too few members.
    func currentSwarm(of account: AccountID) async throws -> Swarm {
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
        guard !misdirection.description.members.isEmpty else {
            return await pool.strike(member.ed25519Key, .transient)
        }
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
    func blame(_ member: ServiceNode, for error: any Error) async {
        guard let error = error as? SwarmError, [.malformedAnswer, .unverified].contains(error.code) else { return }
        await pool.strike(member.ed25519Key, .transient)
        if error.code == .unverified { await pool.doubt() }
    }

    /// The swarm by a new list, when failures have made the old one doubtful: all its nodes may be gone.
    private func swarmOfNewList(for account: AccountID) async throws -> Swarm? {
        guard await pool.isDue else { return nil }
        try await refreshIfDue()
        return try await pool.swarm(of: account)
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

/// The time of a request: taken once, and once more if the clock turned out to be wrong.
struct SigningClock {
    private(set) var time: SigningTime
    private var instant: ContinuousClock.Instant
    private var wasRenewed = false

    init(_ clock: any NetworkClock) {
        time = SigningTime(moment: clock.now())
        instant = .now
    }

    /// Takes the time again; false when that has happened before, or the clock was not set since.
    mutating func renew(by clock: any NetworkClock) -> Bool {
        let (moment, now) = (clock.now(), ContinuousClock.now)
        let shift = (moment - time.moment) - (now - instant)
        guard !wasRenewed, shift > ClockConsensus.tolerance || shift < .zero - ClockConsensus.tolerance else {
            return false
        }
        wasRenewed = true
        time = SigningTime(moment: moment, shift: shift)
        instant = now
        return true
    }
}
