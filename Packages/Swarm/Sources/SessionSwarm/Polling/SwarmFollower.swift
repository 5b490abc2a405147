public import SessionInterfaces

/// Polls one account's swarm for as long as it runs: a `SwarmPoller` with a clock and a network.
public actor SwarmFollower {
    private let client: SwarmClient
    private let credential: SwarmCredential?
    private var poller: SwarmPoller
    private let deliver: @Sendable (PollAnswer) async throws -> Void
    private let report: @Sendable (SwarmPoller.Finding) async -> Void
    private var sleeper: Task<Void, any Error>?

    /// - Parameters:
    ///   - poller: the account, and how far its nodes have been read.
    ///   - deliver: puts what a poll brought into safety, with the cursors of its batches. What it throws ends `run`, and
    ///     the same messages come again next time.
    ///   - report: takes what should be known beside the messages.
    public init(
        _ poller: SwarmPoller, over client: SwarmClient, credential: SwarmCredential?,
        deliver: @escaping @Sendable (PollAnswer) async throws -> Void,
        report: @escaping @Sendable (SwarmPoller.Finding) async -> Void = { _ in }
    ) {
        self.poller = poller
        self.client = client
        self.credential = credential
        self.deliver = deliver
        self.report = report
    }

    /// How far each node has been read.
    public var cursors: PollCursors { poller.cursors }

    /// Polls until the task is cancelled. Nodes and paths that fail are no error: they are tried again, ever later.
    /// - Throws: `CancellationError`, or what `deliver` throws.
    public func run() async throws {
        while true {
            try Task.checkCancellation()
            let swarm = try? await client.currentSwarm(of: poller.account)
            var members: [Ed25519PublicKey: ServiceNode] = [:]
            for member in swarm?.askableMembers ?? [] { members[member.ed25519Key] = member }
            var generator = client.random.generator
            let now = client.clock.now()
            switch poller.next(at: now, members: members.keys.sorted(), using: &generator) {
            case .poll(let polls): try await carryOut(polls, members)
            case .wait(let moment): try await pause(moment - now)
            case .busy, .noMember: try await pause(client.configuration.rateLimitPause)
            }
        }
    }

    /// Something says that there is news: polls at once.
    public func wake() {
        _ = poller.handle(.wake, at: client.clock.now())
        sleeper?.cancel()
    }

    /// The config messages that shall not expire.
    public func keep(_ configs: Set<MessageHash>) {
        _ = poller.handle(.configs(configs), at: client.clock.now())
    }

    private func carryOut(_ polls: [SwarmPoller.Poll], _ members: [Ed25519PublicKey: ServiceNode]) async throws {
        let (client, credential) = (client, credential)
        let answers = await withTaskGroup(of: (Ed25519PublicKey, PollAnswer?).self) { group in
            for poll in polls {
                guard let node = members[poll.node] else { continue }
                group.addTask {
                    (poll.node, try? await client.poll(poll.query, at: node, credential: credential))
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        try Task.checkCancellation()
        for poll in polls {
            guard let answer = answers[poll.node] else {
                _ = poller.handle(.failed(poll.node), at: client.clock.now())
                continue
            }
            try await deliver(answer)
            for finding in poller.handle(.answered(answer), at: client.clock.now()) { await report(finding) }
        }
    }

    private func pause(_ duration: Duration) async throws {
        let sleeper = Task { try await Task.sleep(for: duration) }
        self.sleeper = sleeper
        await withTaskCancellationHandler {
            _ = await sleeper.result
        } onCancel: {
            sleeper.cancel()
        }
        self.sleeper = nil
    }
}

extension Swarm {
    /// Those without too many failures, or all when there are none.
    var askableMembers: [ServiceNode] { availableMembers.isEmpty ? members : availableMembers }
}
