import SessionCrypto
import SessionInterfaces
import SessionMessages
import SessionMessenger
import SessionStorage
import SessionSwarm
import Testing

/// Messages that must not be shown: they are counted, and what comes after them still arrives.
@Suite struct HostileMessageTests {
    let swarm = SwarmInMemory()
    let writer = AccountKeys.generate(from: CryptoRandom())
    let reader = AccountKeys.generate(from: CryptoRandom())
    let now = SystemClock().now()

    private func message(_ text: String, from keys: AccountKeys, syncTarget: AccountID? = nil) throws -> [UInt8] {
        try DirectMessage.encode(
            .text(text, sentAt: now, syncTarget: syncTarget), from: keys, to: reader.accountID, random: CryptoRandom())
    }

    private func pollAfterAGoodOne() async throws -> PollReport {
        swarm.drop(try message("good", from: writer), for: reader.accountID)
        let receiving = Messenger(keys: reader, store: MemoryStore(), swarm: swarm.client())
        let report = try await receiving.poll()
        #expect(try await receiving.arrivals().map(\.message.text) == ["good"])
        #expect(try await receiving.poll().received == 0)
        return report
    }

    @Test func damagedAndForeignMessages() async throws {
        var damaged = try message("bad", from: writer)
        damaged[damaged.count / 2] ^= 1
        swarm.drop(damaged, for: reader.accountID)
        swarm.drop(Array(damaged.prefix(40)), for: reader.accountID)
        swarm.drop([], for: reader.accountID)
        let stranger = AccountKeys.generate(from: CryptoRandom())
        let foreign = try DirectMessage.encode(
            .text("not for you", sentAt: now), from: writer, to: stranger.accountID, random: CryptoRandom())
        swarm.drop(foreign, for: reader.accountID)
        let report = try await pollAfterAGoodOne()
        #expect(report.received == 1)
        #expect(report.dropped.values.reduce(0, +) == 4)
    }

    @Test func aCopyThatSomeoneElseClaims() async throws {
        let other = AccountKeys.generate(from: CryptoRandom()).accountID
        swarm.drop(try message("mine?", from: writer, syncTarget: other), for: reader.accountID)
        let report = try await pollAfterAGoodOne()
        #expect(report.dropped == [.foreignCopy: 1])
    }

    @Test func theSameMessageStoredTwice() async throws {
        // Encrypted anew, so that the hashes differ; sender and sent time are the same.
        swarm.drop(try message("twice", from: writer), for: reader.accountID)
        swarm.drop(try message("twice", from: writer), for: reader.accountID)
        let receiving = Messenger(keys: reader, store: MemoryStore(), swarm: swarm.client())
        #expect(try await receiving.poll().received == 1)
        #expect(try await receiving.arrivals().count == 1)
    }

    @Test func bytesUnderAnotherHash() async throws {
        let other = MessageHash.of(account: reader.accountID, namespace: .messages, data: [1])
        swarm.drop(try message("hidden", from: writer), for: reader.accountID, hash: other)
        let report = try await pollAfterAGoodOne()
        #expect(report.dropped == [.wrongHash: 1])
    }
}
