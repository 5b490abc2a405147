import SessionCrypto
import SessionInterfaces
import SessionMessenger
import SessionStorage
import SessionSwarm
import Testing

/// What happens when sending ends in the middle.
@Suite struct InterruptionTests {
    let swarm = SwarmInMemory()
    let writer = AccountKeys.generate(from: CryptoRandom())
    let reader = AccountKeys.generate(from: CryptoRandom())
    let store = MemoryStore()

    private func messenger() -> Messenger { Messenger(keys: writer, store: store, swarm: swarm.client()) }

    private func received() async throws -> [String] {
        let receiving = Messenger(keys: reader, store: MemoryStore(), swarm: swarm.client())
        _ = try await receiving.poll()
        return try await receiving.arrivals().map(\.message.text)
    }

    @Test(arguments: [SwarmInMemory.Fault.unreachable, .answersLost])
    func theSameCallFinishesTheMessage(fault: SwarmInMemory.Fault) async throws {
        swarm.fail(fault)
        await #expect(throws: (any Error).self) { try await messenger().send("once", to: reader.accountID) }
        #expect(try await messenger().history(with: reader.accountID).map(\.delivery) == [.pending])

        swarm.fail(nil)
        let sent = try await messenger().send("once", to: reader.accountID)
        #expect(sent.isResumed)
        #expect(try await messenger().history(with: reader.accountID).map(\.delivery) == [.stored])
        #expect(try await received() == ["once"])
    }

    @Test func aResultNobodySawIsGivenAgain() async throws {
        let first = try await messenger().send("once", to: reader.accountID)
        // As if the process had ended before it could say so.
        let again = try await messenger().send("once", to: reader.accountID)
        #expect(again.isResumed)
        #expect(again.hash == first.hash)
        try await messenger().acknowledge(again)
        let new = try await messenger().send("once", to: reader.accountID)
        #expect(new.hash != first.hash)
        #expect(try await received() == ["once", "once"])
    }

    @Test func aKeyNamesTheMessage() async throws {
        swarm.fail(.unreachable)
        await #expect(throws: (any Error).self) {
            try await messenger().send("begun", to: reader.accountID, key: "job 1")
        }
        swarm.fail(nil)
        let other = try await messenger().send("begun", to: reader.accountID)
        #expect(!other.isResumed, "without the key it is another message")
        let finished = try await messenger().send("begun", to: reader.accountID, key: "job 1")
        #expect(finished.isResumed)
        // A key goes on naming the message after it was acknowledged.
        try await messenger().acknowledge(finished)
        let repeated = try await messenger().send("begun", to: reader.accountID, key: "job 1")
        #expect(repeated.hash == finished.hash)
        await #expect(throws: MessengerError(.keyInUse, "")) {
            try await messenger().send("something else", to: reader.accountID, key: "job 1")
        }
        #expect(try await received() == ["begun", "begun"])
    }

    @Test func storesBelongToOneAccount() async throws {
        try await StoredAccount.save(writer, in: store)
        try await StoredAccount.save(writer, in: store)
        #expect(try await StoredAccount.load(from: store).accountID == writer.accountID)
        await #expect(throws: MessengerError(.accountExists, "")) { try await StoredAccount.save(reader, in: store) }
        await #expect(throws: MessengerError(.noAccount, "")) { try await StoredAccount.load(from: MemoryStore()) }
    }
}
