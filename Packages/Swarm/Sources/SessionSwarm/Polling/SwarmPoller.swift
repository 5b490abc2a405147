public import SessionInterfaces

/// When one account's swarm is asked, which member, and for what. A value without I/O: moments, the swarm's members and
/// randomness come with every question. Follows protocol document 02, sections 5.1 and 5.2.
///
/// Ask `next` what to do. Carry out each poll (`SwarmClient.poll`), put what it brought into safety, and only then tell
/// `handle` what came of it: the place from which the node continues moves on with that.
public struct SwarmPoller: Sendable {
    public let account: AccountID
    public let namespaces: [Namespace]
    /// How far each node has been read.
    public private(set) var cursors: PollCursors
    private let policy: SwarmPollerPolicy
    private var configs: Set<MessageHash> = []
    private var lastMessage: Timestamp?

    /// The node that is asked for the time being, and how often it has been.
    private var current: (node: Ed25519PublicKey, polls: Int)?
    /// The node that failed last: another one is asked, if there is one.
    private var avoided: Ed25519PublicKey?
    private var failures = 0
    private var pending: Set<Ed25519PublicKey> = []
    /// Namespaces of which a node has more.
    private var unfinished: [Ed25519PublicKey: [Namespace]] = [:]
    /// How often a node was asked at once because it had more.
    private var pages: [Ed25519PublicKey: Int] = [:]
    private var lastPoll: Timestamp?
    private var lastRenewal: Timestamp?
    private var nextPoll: Timestamp?

    /// - Parameters:
    ///   - namespaces: those of the account's kind unless the caller says otherwise.
    ///   - cursors: what was kept when the account was last polled.
    ///   - lastMessage: when a group's last message was sent, as far as it is known.
    public init(
        of account: AccountID, namespaces: [Namespace]? = nil, cursors: PollCursors = PollCursors(),
        lastMessage: Timestamp? = nil, policy: SwarmPollerPolicy = .standard
    ) {
        self.account = account
        self.namespaces = namespaces ?? PollQuery.namespaces(of: account)
        self.cursors = cursors
        self.lastMessage = lastMessage
        self.policy = policy
    }

    public enum Action: Hashable, Sendable {
        /// Ask each of these nodes its question.
        case poll([Poll])
        /// Nothing to do until then.
        case wait(until: Timestamp)
        /// Nothing to do until what runs has been handled.
        case busy
        /// The swarm has no member to ask.
        case noMember
    }

    public struct Poll: Hashable, Sendable {
        public let node: Ed25519PublicKey
        public let query: PollQuery
    }

    public enum Event: Sendable {
        case answered(PollAnswer)
        case failed(Ed25519PublicKey)
        /// Something says that there is news: poll as soon as may be.
        case wake
        /// The config messages that shall not expire: all that are merged into what the account has now.
        case configs(Set<MessageHash>)
    }

    /// What the caller should know about an answer.
    public enum Finding: Hashable, Sendable {
        /// The member that was asked does not have these configs any more: store them again. When these are all that a
        /// group has, the group has expired.
        case lostConfigs(Set<MessageHash>, areAll: Bool)
        /// The right to read these namespaces is gone. Others may still be open: −11 says whether it was revoked.
        case refused(Set<Namespace>)
    }
}

extension SwarmPoller {
    /// What to do at `now`.
    /// - Parameter members: the swarm's, those preferred that have not failed too often.
    public mutating func next(
        at now: Timestamp, members: [Ed25519PublicKey], using generator: inout some RandomNumberGenerator
    ) -> Action {
        guard pending.isEmpty else { return .busy }
        if let action = followUp(at: now, members: members) { return action }
        if let nextPoll, nextPoll > now, nextPoll - now <= longestPause { return .wait(until: nextPoll) }
        guard let first = choose(from: members, using: &generator) else { return .noMember }
        var nodes = [first]
        if isAfterLongSilence(now), let second = members.filter({ $0 != first }).randomElement(using: &generator) {
            nodes.append(second)
        }
        lastPoll = now
        return ask(nodes, at: now)
    }

    /// Takes in what came of a poll, or a wish of the caller.
    public mutating func handle(_ event: Event, at now: Timestamp) -> [Finding] {
        switch event {
        case .answered(let answer): return take(answer, at: now)
        case .failed(let node):
            guard pending.remove(node) != nil else { return [] }
            unfinished[node] = nil
            pages[node] = nil
            avoided = node
            if current?.node == node { current = nil }
            failures += 1
            nextPoll = now + backOff
        case .wake: nextPoll = now
        case .configs(let hashes):
            if !hashes.isSubset(of: configs) { lastRenewal = nil }
            configs = hashes
        }
        return []
    }

    /// The configs are asked after when a node has not said lately that it keeps them.
    private mutating func ask(_ nodes: [Ed25519PublicKey], at now: Timestamp) -> Action {
        let isRenewal = !configs.isEmpty && (lastRenewal.map { now - $0 >= policy.renewalInterval || $0 > now } ?? true)
        pending.formUnion(nodes)
        return .poll(
            nodes.enumerated().map { position, node in
                // Every member carries a renewal out: one question is enough.
                let isRenewal = isRenewal && position == 0
                return Poll(
                    node: node,
                    query: PollQuery(
                        account: account, namespaces: namespaces,
                        after: cursors.places(at: node, namespaces, now: now),
                        renewing: isRenewal ? configs.sorted() : [],
                        until: isRenewal ? now + policy.renewedLifetime : nil))
            })
    }

    /// Goes on at once where a node has more, however long the pause would be.
    private mutating func followUp(at now: Timestamp, members: [Ed25519PublicKey]) -> Action? {
        let ready = unfinished.filter { members.contains($0.key) }
        unfinished = [:]
        guard !ready.isEmpty else { return nil }
        pending.formUnion(ready.keys)
        return .poll(
            ready.sorted { $0.key < $1.key }.map { node, rest in
                Poll(
                    node: node,
                    query: PollQuery(
                        account: account, namespaces: rest, after: cursors.places(at: node, rest, now: now)))
            })
    }

    private mutating func choose(
        from members: [Ed25519PublicKey], using generator: inout some RandomNumberGenerator
    ) -> Ed25519PublicKey? {
        if let (node, polls) = current, polls < policy.pollsPerNode, members.contains(node) {
            current = (node, polls + 1)
            return node
        }
        let left = [current?.node, avoided].compactMap(\.self)
        let node =
            members.filter { !left.contains($0) }.randomElement(using: &generator)
            ?? members.randomElement(using: &generator)
        current = node.map { ($0, 1) }
        return node
    }

    private func isAfterLongSilence(_ now: Timestamp) -> Bool {
        lastPoll.map { now - $0 > policy.longSilence } ?? true
    }

    private var backOff: Duration {
        min(policy.failurePause * (1 << min(max(failures - 1, 0), 16)), policy.maximumFailurePause)
    }

    /// A moment farther away than this comes from a clock that was set back since.
    private var longestPause: Duration { max(policy.inactiveInterval, policy.maximumFailurePause) }
}

// MARK: - Answers

extension SwarmPoller {
    private mutating func take(_ answer: PollAnswer, at now: Timestamp) -> [Finding] {
        let node = answer.retrieved.node.ed25519Key
        guard pending.remove(node) != nil else { return [] }
        avoided = nil
        failures = 0
        var more: [Namespace] = []
        for batch in answer.retrieved.batches {
            if let cursor = batch.cursor {
                cursors.keep(PollCursors.Entry(node: node, namespace: batch.namespace, cursor: cursor))
                // Without a new place the node would say the same again.
                if batch.more { more.append(batch.namespace) }
            }
            if let newest = batch.messages.map(\.timestamp).max(), newest <= now + .seconds(60) {
                lastMessage = max(lastMessage ?? newest, newest)
            }
        }
        cursors.removeExpired(at: now)
        goOn(with: more, at: node)
        nextPoll = now + policy.interval(of: account, lastMessage: lastMessage, at: now)
        return findings(in: answer, node: node, at: now)
    }

    private mutating func goOn(with namespaces: [Namespace], at node: Ed25519PublicKey) {
        let page = pages[node, default: 0] + 1
        guard !namespaces.isEmpty, page < policy.pagesAtOnce else { return pages[node] = nil }
        pages[node] = page
        unfinished[node] = namespaces
    }

    private mutating func findings(in answer: PollAnswer, node: Ed25519PublicKey, at now: Timestamp) -> [Finding] {
        var findings: [Finding] = []
        let refused = answer.retrieved.refusals.filter { $0.value.code == .unauthorised }.keys
        if !refused.isEmpty { findings.append(.refused(Set(refused))) }
        if case .success(let renewal) = answer.renewal {
            lastRenewal = now
            if let gone = renewal.confirmed[node]?.gone.intersection(configs), !gone.isEmpty {
                findings.append(.lostConfigs(gone, areAll: gone == configs))
            }
        }
        return findings
    }
}
