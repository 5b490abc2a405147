import SessionCrypto
import SessionInterfaces
import SessionMessages
import SessionMessenger
import SessionStorage
import SessionSwarm
import Testing

@Suite struct ConversationTests {
    let swarm = SwarmInMemory()
    let writer = AccountKeys.generate(from: CryptoRandom())
    let reader = AccountKeys.generate(from: CryptoRandom())

    private func messenger(_ keys: AccountKeys, _ store: any Store = MemoryStore()) -> Messenger {
        Messenger(keys: keys, store: store, swarm: swarm.client())
    }

    @Test func aTextArrivesOnceWithItsSender() async throws {
        let (sending, receiving) = (messenger(writer), messenger(reader))
        let sent = try await sending.send("héllo\n𝄞", to: reader.accountID)
        #expect(sent.confirmedBy.count == 3)
        #expect(!sent.isResumed)

        let report = try await receiving.poll()
        #expect(report.received == 1)
        let arrivals = try await receiving.arrivals()
        #expect(arrivals.map(\.message.text) == ["héllo\n𝄞"])
        #expect(arrivals.first?.message.sender == writer.accountID)
        #expect(arrivals.first?.message.hash == sent.hash)
        #expect(arrivals.first?.message.sentAt == sent.sentAt)

        // Not acknowledged: it waits. Acknowledged: it is gone, and polling brings nothing again.
        #expect(try await receiving.arrivals() == arrivals)
        try await receiving.acknowledge(arrivals)
        #expect(try await receiving.poll().received == 0)
        #expect(try await receiving.arrivals().isEmpty)
        #expect(try await receiving.history(with: writer.accountID).map(\.text) == ["héllo\n𝄞"])
    }

    @Test func manyMessagesComeInPagesAndInOrder() async throws {
        let sending = messenger(writer)
        for number in 0..<9 {
            try await sending.acknowledge(try await sending.send("\(number)", to: reader.accountID))
        }
        let receiving = messenger(reader)
        #expect(try await receiving.poll().received == 9)
        #expect(try await receiving.arrivals(limit: 4).map(\.message.text) == ["0", "1", "2", "3"])
        #expect(try await receiving.history(with: writer.accountID, limit: 2).map(\.text) == ["7", "8"])
        let last = try #require(try await receiving.history(with: writer.accountID, limit: 1).first)
        let before = try await receiving.history(with: writer.accountID, before: last.sentAt, limit: 3)
        #expect(before.map(\.text) == ["5", "6", "7"])
        #expect(Set(try await receiving.history(with: writer.accountID).map(\.sentAt)).count == 9)
    }

    @Test func ownDevicesGetACopyAndTheSenderDoesNot() async throws {
        let store = MemoryStore()
        let sending = messenger(writer, store)
        _ = try await sending.send("to both", to: reader.accountID)
        let again = try await messenger(writer, store).poll()
        #expect(again.ownCopies == 0 && again.received == 0)

        let otherDevice = messenger(writer)
        #expect(try await otherDevice.poll().ownCopies == 1)
        #expect(try await otherDevice.arrivals().isEmpty)
        let copy = try #require(try await otherDevice.history(with: reader.accountID).first)
        #expect(copy.text == "to both")
        #expect(copy.sender == writer.accountID)
        #expect(copy.conversation == reader.accountID)
    }

    @Test func aNoteToSelfIsStoredOnce() async throws {
        let sending = messenger(writer)
        _ = try await sending.send("note", to: writer.accountID)
        #expect(swarm.stored.count == 1)
        #expect(try await sending.poll().ownCopies == 0)
        let otherDevice = messenger(writer)
        #expect(try await otherDevice.poll().ownCopies == 1)
        #expect(try await otherDevice.history(with: writer.accountID).map(\.text) == ["note"])
    }

    @Test func onlyAccountsCanBeWrittenTo() async throws {
        let group = AccountID(prefix: .group, key: reader.accountID.key)
        await #expect(throws: MessengerError(.unsupportedRecipient, "")) {
            try await messenger(writer).send("hi", to: group)
        }
        await #expect(throws: MessagesError(.emptyText, "")) {
            try await messenger(writer).send("", to: reader.accountID)
        }
        #expect(swarm.stored.isEmpty)
    }
}
