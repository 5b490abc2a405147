import SessionCrypto
import SessionInterfaces
import SessionMessages
import Testing

@Suite struct GroupMessageTests {
    static let groupKeys = Ed25519KeyPair.generate(from: SeededRandom(seed: 1))
    static let group = AccountID(prefix: .group, key: groupKeys.publicKey.bytes)
    static let key = SecretBytes.random(count: 32, from: SeededRandom(seed: 2))
    static let otherKey = SecretBytes.random(count: 32, from: SeededRandom(seed: 3))

    private func message(_ text: String = "hello") throws -> [UInt8] {
        try GroupMessage.encode(
            .text(text, sentAt: moment), from: Accounts.alice, to: Self.group, key: Self.key,
            random: SeededRandom(seed: 4))
    }

    @Test(arguments: ["hello", String(repeating: "again ", count: 300)])
    func membersReadWhatWasWritten(text: String) throws {
        let data = try message(text)
        #expect(data.count.isMultiple(of: GroupMessageSeal.blockByteCount))
        let received = try GroupMessage.decode(data, in: Self.group, keys: [Self.otherKey, Self.key])
        #expect(received.sender == Accounts.alice.accountID)
        #expect(received.content.text == text)
        #expect(received.sentAt == moment)
    }

    @Test func othersReadNothing() throws {
        let data = try message()
        #expect(throws: MessagesError(.decryptionFailed, "")) {
            try GroupMessage.decode(data, in: Self.group, keys: [Self.otherKey])
        }
        let other = AccountID(prefix: .group, key: Accounts.bob.ed25519.publicKey.bytes)
        #expect(throws: MessagesError(.badSignature, "")) {
            try GroupMessage.decode(data, in: other, keys: [Self.key])
        }
        #expect(throws: MessagesError(.invalidRecipient, "")) {
            try GroupMessage.decode(data, in: Accounts.bob.accountID, keys: [Self.key])
        }
    }

    static let malformed = [
        "", "de", "d0:i2ee", "le", "i1e", "d0:i1ee", "d0:i1e1:a1:x1:d1:x1:s1:xe", "d1:", "d0:i01ee",
        "d1:b0:1:a0:e", "99999999999999999999999:", "llllllllllllllllllllllllllllllll", "i-0e",
    ]

    @Test(arguments: malformed)
    func whatKeyHoldersMakeUpIsRefused(inner: String) throws {
        let nonce = [UInt8](repeating: 0, count: 24)
        let data = nonce + (try XChaCha20Poly1305.seal(Array(inner.utf8) + [0, 0], key: Self.key, nonce: nonce))
        #expect(throws: MessagesError.self) { try GroupMessage.decode(data, in: Self.group, keys: [Self.key]) }
    }

    @Test func hugeExpansionsAreRefused() throws {
        #expect(throws: MessagesError(.messageTooLarge, "")) {
            try GroupMessageSeal.seal(
                [UInt8](repeating: 0, count: 1_000_001), from: Accounts.alice.ed25519, to: Self.group, key: Self.key,
                random: SeededRandom(seed: 4))
        }
        let largest = [UInt8](repeating: 0, count: 1_000_000)
        let sealed = try GroupMessageSeal.seal(
            largest, from: Accounts.alice.ed25519, to: Self.group, key: Self.key, random: SeededRandom(seed: 4))
        #expect(sealed.count < 1_024)
        #expect(try GroupMessageSeal.open(sealed, in: Self.group, keys: [Self.key]).plaintext == largest)
    }

    @Test(arguments: 0..<20)
    func randomBytesAreNoMessage(seed: UInt64) {
        let random = SeededRandom(seed: seed)
        for length in 0..<100 {
            let data = random.bytes(length)
            #expect(throws: MessagesError.self) { try GroupMessage.decode(data, in: Self.group, keys: [Self.key]) }
            #expect(throws: MessagesError.self) { try PushPayload(data, key: Self.key) }
            guard let message = try? CommunityMessage.decode(data) else { continue }
            #expect(throws: Never.self) { try message.content.serialized() }
        }
    }

    @Test func updatesAreSignedForOneMoment() throws {
        let later = moment + .milliseconds(1)
        let invitation = try GroupInvitation(
            of: Accounts.bob.accountID, to: "G", credential: SecretBytes([UInt8](repeating: 1, count: 100)),
            signedBy: Self.groupKeys, sentAt: moment)
        let content = try MessageContent(.groupUpdate(.invitation(invitation)), sentAt: moment)
        guard case .groupUpdate(.invitation(let read)) = try content.payload() else {
            Issue.record("no invitation")
            return
        }
        #expect(read.isSigned(for: Accounts.bob.accountID, sentAt: moment))
        #expect(!read.isSigned(for: Accounts.bob.accountID, sentAt: later))
        #expect(!read.isSigned(for: Accounts.carol.accountID, sentAt: moment))
        let change = GroupMemberChange(.added, [], signedBy: Self.groupKeys, sentAt: moment)
        #expect(change.isSigned(by: Self.group, sentAt: moment))
        #expect(!change.isSigned(by: Accounts.bob.accountID, sentAt: moment))
    }

    @Test func communityMessagesAreDatedByTheServerToo() throws {
        let data = try CommunityMessage.encode(.text("hi", sentAt: moment))
        #expect(data.count.isMultiple(of: MessagePadding.blockByteCount))
        #expect(try CommunityMessage.decode(data, postedAt: moment + .seconds(6 * 3600)).content.text == "hi")
        #expect(throws: MessagesError(.timestampMismatch, "")) {
            try CommunityMessage.decode(data, postedAt: moment + .seconds(6 * 3600 + 1))
        }
    }
}
