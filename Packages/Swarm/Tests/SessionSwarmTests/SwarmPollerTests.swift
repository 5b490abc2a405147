import SessionInterfaces
import Testing

@testable import SessionSwarm

@Suite struct SwarmPollerTests {
    static let now = FakeNetwork.now
    static let members = FakeNetwork.near.map(\.key)
    static let account = FakeNetwork.account
    static let group = AccountID(prefix: .group, key: FakeNetwork.account.key)

    private var generator = SeededRandom(seed: 4).generator

    private func poll(_ action: SwarmPoller.Action) throws -> [SwarmPoller.Poll] {
        guard case .poll(let polls) = action else {
            Issue.record("no poll but \(action)")
            throw CancellationError()
        }
        return polls
    }

    private func answer(
        _ node: Ed25519PublicKey, _ batches: [RetrievedBatch] = [], refusals: [Namespace: SwarmError] = [:],
        renewal: Result<SwarmAnswer<ExpiryOutcome>, SwarmError>? = nil
    ) throws -> SwarmPoller.Event {
        let node = try #require(FakeNetwork.node(node)).node
        return .answered(
            PollAnswer(retrieved: RetrieveAnswer(node: node, batches: batches, refusals: refusals), renewal: renewal))
    }

    private func batch(
        _ namespace: Namespace, _ number: UInt8, more: Bool = false, at moment: Timestamp = FakeNetwork.now
    ) -> RetrievedBatch {
        let hash = MessageHash.numbered(number)
        return RetrievedBatch(
            namespace: namespace,
            messages: [StoredMessage(hash: hash, timestamp: moment, expiry: Self.now + .days(1), data: [number])],
            more: more,
            cursor: .init(hash: hash, expiry: Self.now + .days(1)))
    }

    /// Runs whole polls: the nodes asked, first of each poll.
    private mutating func run(
        _ poller: inout SwarmPoller, polls: Int, from start: Timestamp, _ outcome: (Int) -> Bool = { _ in true }
    ) throws -> [Ed25519PublicKey] {
        var moment = start
        var nodes: [Ed25519PublicKey] = []
        while nodes.count < polls {
            switch poller.next(at: moment, members: Self.members, using: &generator) {
            case .wait(let next):
                #expect(next > moment)
                moment = next
            case .poll(let polls):
                nodes.append(polls[0].node)
                for poll in polls {
                    _ = poller.handle(
                        outcome(nodes.count) ? try answer(poll.node) : .failed(poll.node), at: moment)
                }
            case let other:
                Issue.record("\(other)")
                return nodes
            }
        }
        return nodes
    }

    @Test mutating func namespacesInTheirOrder() throws {
        var own = SwarmPoller(of: Self.account)
        let query = try poll(own.next(at: Self.now, members: Self.members, using: &generator))[0].query
        #expect(query.namespaces == [.messages, .userProfile, .contacts, .userGroups, .conversationVolatile])
        #expect(query.after.isEmpty && query.renewing.isEmpty)
        #expect(
            SwarmPoller(of: Self.group).namespaces
                == [.revokedGroupMessages, .groupMessages, .groupInfo, .groupMembers, .groupKeys])
    }

    @Test mutating func nobodyIsAskedTwiceAtOnce() throws {
        var poller = SwarmPoller(of: Self.account)
        let first = try poll(poller.next(at: Self.now, members: Self.members, using: &generator))
        // Never polled before: two nodes.
        #expect(Set(first.map(\.node)).count == 2)
        #expect(poller.next(at: Self.now, members: Self.members, using: &generator) == .busy)
        _ = poller.handle(try answer(first[0].node), at: Self.now)
        #expect(poller.next(at: Self.now, members: Self.members, using: &generator) == .busy)
        _ = poller.handle(try answer(first[1].node), at: Self.now)
        let next = poller.next(at: Self.now, members: Self.members, using: &generator)
        #expect(next == .wait(until: Self.now + .seconds(5)))
        let second = try poll(poller.next(at: Self.now + .seconds(5), members: Self.members, using: &generator))
        #expect(second.map(\.node) == [first[0].node])
    }

    @Test mutating func sixPollsThenAnother() throws {
        var poller = SwarmPoller(of: Self.account)
        let nodes = try run(&poller, polls: 18, from: Self.now)
        for start in [0, 6, 12] { #expect(Set(nodes[start..<(start + 6)]).count == 1) }
        #expect(nodes[5] != nodes[6] && nodes[11] != nodes[12])
    }

    @Test mutating func failureMeansAnotherNodeAndLongerPauses() throws {
        var poller = SwarmPoller(of: Self.account)
        var pauses: [Duration] = []
        var moment = Self.now
        var last: Ed25519PublicKey?
        for _ in 0..<9 {
            let polls = try poll(poller.next(at: moment, members: Self.members, using: &generator))
            #expect(polls[0].node != last)
            for poll in polls.reversed() { _ = poller.handle(.failed(poll.node), at: moment) }
            last = polls[0].node
            guard case .wait(let next) = poller.next(at: moment, members: Self.members, using: &generator) else {
                Issue.record("no pause")
                return
            }
            pauses.append(next - moment)
            moment = next
        }
        #expect(pauses == pauses.sorted())
        #expect(pauses.first.map { $0 <= .seconds(2) } == true)
        #expect(pauses.last == .seconds(60))
        let polls = try poll(poller.next(at: moment, members: Self.members, using: &generator))
        for poll in polls { _ = poller.handle(try answer(poll.node), at: moment) }
        #expect(
            poller.next(at: moment, members: Self.members, using: &generator) == .wait(until: moment + .seconds(5)))
    }

    @Test(
        arguments: [(nil, 120), (8 * 86400, 120), (7 * 86400, 60), (2 * 86400 + 1, 60), (2 * 86400, 5), (0, 5)]
            as [(Int?, Int)])
    mutating func groupsByActivity(age: Int?, seconds: Int) throws {
        var poller = SwarmPoller(of: Self.group, lastMessage: age.map { Self.now - .seconds($0) })
        for poll in try poll(poller.next(at: Self.now, members: Self.members, using: &generator)) {
            _ = poller.handle(try answer(poll.node), at: Self.now)
        }
        #expect(
            poller.next(at: Self.now, members: Self.members, using: &generator)
                == .wait(until: Self.now + .seconds(seconds)))
    }

    @Test mutating func newMessagesMakeAGroupActive() throws {
        var poller = SwarmPoller(of: Self.group)
        for poll in try poll(poller.next(at: Self.now, members: Self.members, using: &generator)) {
            _ = poller.handle(try answer(poll.node, [batch(.groupMessages, 1)]), at: Self.now)
        }
        #expect(
            poller.next(at: Self.now, members: Self.members, using: &generator) == .wait(until: Self.now + .seconds(5)))
    }

    @Test mutating func moreIsFollowedAtOnce() throws {
        var poller = SwarmPoller(of: Self.account)
        let first = try poll(poller.next(at: Self.now, members: Self.members, using: &generator))
        _ = poller.handle(
            try answer(first[0].node, [batch(.messages, 1, more: true), batch(.contacts, 2)]), at: Self.now)
        _ = poller.handle(.failed(first[1].node), at: Self.now)
        let second = try poll(poller.next(at: Self.now, members: Self.members, using: &generator))
        #expect(second.map(\.node) == [first[0].node])
        #expect(second[0].query.namespaces == [.messages])
        #expect(second[0].query.after == [.messages: .numbered(1)])
    }

    /// A node that always claims to have more, or says so without a message, keeps nobody busy forever.
    @Test mutating func endlessMore() throws {
        var poller = SwarmPoller(of: Self.account)
        var polls = try poll(poller.next(at: Self.now, members: [Self.members[0]], using: &generator))
        var count = 0
        while !polls.isEmpty, count < 1000 {
            count += 1
            _ = poller.handle(
                try answer(polls[0].node, [batch(.messages, UInt8(count % 250), more: true)]), at: Self.now)
            guard case .poll(let next) = poller.next(at: Self.now, members: [Self.members[0]], using: &generator) else {
                break
            }
            polls = next
        }
        #expect(count == 100)
        var other = SwarmPoller(of: Self.account)
        polls = try poll(other.next(at: Self.now, members: [Self.members[0]], using: &generator))
        let empty = RetrievedBatch(namespace: .messages, messages: [], more: true)
        _ = other.handle(try answer(polls[0].node, [empty]), at: Self.now)
        #expect(
            other.next(at: Self.now, members: Self.members, using: &generator) == .wait(until: Self.now + .seconds(5)))
    }

    @Test mutating func placesBelongToTheirNodeUntilTheyExpire() throws {
        let cursor = RetrievedBatch.Cursor(hash: .numbered(9), expiry: Self.now + .seconds(10))
        let entry = PollCursors.Entry(node: Self.members[1], namespace: .messages, cursor: cursor)
        for (node, moment, place) in [
            (1, Self.now, MessageHash.numbered(9)), (0, Self.now, nil), (1, Self.now + .seconds(10), nil),
        ] as [(Int, Timestamp, MessageHash?)] {
            var poller = SwarmPoller(of: Self.account, cursors: PollCursors([entry]))
            let polls = try poll(poller.next(at: moment, members: [Self.members[node]], using: &generator))
            #expect(polls[0].query.after[.messages] == place)
        }
    }

    // MARK: Configs

    private func renewal(
        at node: Ed25519PublicKey, gone: Set<MessageHash>
    ) -> Result<SwarmAnswer<ExpiryOutcome>, SwarmError> {
        .success(SwarmAnswer(outcomes: [node: .confirmed(ExpiryOutcome(updated: [:], gone: gone))]))
    }

    @Test mutating func configsAreRenewedAndTheLostAreReported() throws {
        let configs: Set<MessageHash> = [.numbered(1), .numbered(2)]
        var poller = SwarmPoller(of: Self.account)
        _ = poller.handle(.configs(configs), at: Self.now)
        let polls = try poll(poller.next(at: Self.now, members: Self.members, using: &generator))
        #expect(polls[0].query.renewing == configs.sorted())
        #expect(polls[0].query.renewedExpiry == Self.now + .days(30))
        #expect(polls[1].query.renewing.isEmpty)
        let lost: Set<MessageHash> = [.numbered(2), .numbered(77)]
        let found = poller.handle(
            try answer(polls[0].node, renewal: renewal(at: polls[0].node, gone: lost)), at: Self.now)
        #expect(found == [.lostConfigs([.numbered(2)], areAll: false)])
        _ = poller.handle(try answer(polls[1].node), at: Self.now)
        // Not again with every poll, but when there is a new one, or after a while.
        var next = try poll(poller.next(at: Self.now + .seconds(5), members: Self.members, using: &generator))
        #expect(next[0].query.renewing.isEmpty)
        _ = poller.handle(try answer(next[0].node), at: Self.now + .seconds(5))
        _ = poller.handle(.configs([.numbered(3)]), at: Self.now)
        next = try poll(poller.next(at: Self.now + .seconds(10), members: Self.members, using: &generator))
        #expect(next[0].query.renewing == [.numbered(3)])
        let all = poller.handle(
            try answer(next[0].node, renewal: renewal(at: next[0].node, gone: [.numbered(3)])), at: Self.now)
        #expect(all == [.lostConfigs([.numbered(3)], areAll: true)])
        next = try poll(poller.next(at: Self.now + .seconds(600), members: Self.members, using: &generator))
        #expect(!next[0].query.renewing.isEmpty)
    }

    @Test mutating func revokedMembersGoOn() throws {
        var poller = SwarmPoller(of: Self.group)
        let polls = try poll(poller.next(at: Self.now, members: [Self.members[0]], using: &generator))
        let refusals = Dictionary(
            uniqueKeysWithValues: [.groupMessages, .groupKeys, .groupInfo, .groupMembers].map {
                ($0 as Namespace, SwarmError(.unauthorised, "no"))
            })
        let findings = poller.handle(
            try answer(polls[0].node, [batch(.revokedGroupMessages, 1)], refusals: refusals), at: Self.now)
        #expect(findings == [.refused([.groupMessages, .groupKeys, .groupInfo, .groupMembers])])
        guard case .wait = poller.next(at: Self.now, members: Self.members, using: &generator) else {
            Issue.record("does not go on")
            return
        }
    }

    @Test mutating func wakesUp() throws {
        var poller = SwarmPoller(of: Self.account)
        _ = try run(&poller, polls: 1, from: Self.now)
        _ = poller.handle(.wake, at: Self.now)
        _ = try poll(poller.next(at: Self.now, members: Self.members, using: &generator))
    }

    @Test mutating func clockSetBackDoesNotStopIt() throws {
        var poller = SwarmPoller(of: Self.account)
        _ = try run(&poller, polls: 1, from: Self.now)
        _ = try poll(poller.next(at: Self.now - .days(1), members: Self.members, using: &generator))
    }

    @Test mutating func emptySwarm() {
        var poller = SwarmPoller(of: Self.account)
        #expect(poller.next(at: Self.now, members: [], using: &generator) == .noMember)
    }

    @Test mutating func strangersAreNotHeard() throws {
        var poller = SwarmPoller(of: Self.account)
        #expect(poller.handle(try answer(Self.members[0], [batch(.messages, 1)]), at: Self.now).isEmpty)
        #expect(poller.cursors.entries.isEmpty)
    }
}
