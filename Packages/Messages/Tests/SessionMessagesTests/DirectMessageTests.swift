import SessionCrypto
import SessionInterfaces
import SessionMessages
import Testing

@Suite struct DirectMessageTests {
    @Test(arguments: ["a", "hello", String(repeating: "日", count: 2000)])
    func arrives(body: String) throws {
        let content = try MessageContent.text(body, sentAt: moment, profile: Profile(name: "Alice"))
        let message = try DirectMessage.decode(encode(content), with: Accounts.bob)
        #expect(message.sender == Accounts.alice.accountID)
        #expect(message.senderKey == Accounts.alice.ed25519.publicKey)
        #expect(message.content == content)
        #expect(message.sentAt == moment)
    }

    @Test func copyForOwnDevicesArrives() throws {
        let copy = try MessageContent.text("hello", sentAt: moment, syncTarget: Accounts.bob.accountID)
        let data = try DirectMessage.encode(
            copy, from: Accounts.alice, to: Accounts.alice.accountID, random: CryptoRandom())
        let message = try DirectMessage.decode(data, with: Accounts.alice)
        #expect(message.sender == Accounts.alice.accountID)
        #expect(message.content.syncTarget == Accounts.bob.accountID)
    }

    @Test func noTwoMessagesAreAlike() throws {
        let content = try MessageContent.text("hello", sentAt: moment)
        #expect(try encode(content) != encode(content))
    }

    @Test func decoyIsNoSignatureOfTheSender() throws {
        let data = try encode(MessageContent.text("hello", sentAt: moment))
        let wrapper = try WebSocketProtos_WebSocketMessage(serializedBytes: data)
        let envelope = try SessionProtos_Envelope(serializedBytes: wrapper.request.body)
        let signature = [UInt8](envelope.proSig)
        #expect(signature.count == 64)
        #expect(try DirectMessage.decode(data, with: Accounts.bob).proSignature == signature)
        let key = Accounts.alice.ed25519.publicKey
        #expect(!Ed25519.verify(signature, of: [UInt8](envelope.content), by: key))
    }

    @Test func emptyFieldsAreWritten() throws {
        let data = try encode(MessageContent.text("hello", sentAt: moment))
        let wrapper = try WebSocketProtos_WebSocketMessage(serializedBytes: data)
        #expect(wrapper.type == .request)
        #expect(wrapper.request.hasVerb && wrapper.request.hasPath && wrapper.request.hasRequestID)
        #expect(wrapper.request.verb.isEmpty && wrapper.request.path.isEmpty && wrapper.request.requestID == 0)
        let envelope = try SessionProtos_Envelope(serializedBytes: wrapper.request.body)
        #expect(envelope.type == .sessionMessage)
        #expect(envelope.sourceDevice == 1)
        #expect(envelope.timestamp == UInt64(moment.milliseconds))
        #expect(!envelope.hasSource && !envelope.hasServerTimestamp)
    }

    static let storedByteCounts = [
        (50, 398), (158, 398), (159, 558), (318, 558), (76_319, 76_721), (76_478, 76_721),
    ]

    @Test(arguments: storedByteCounts)
    func wrappingTakesAsManyBytesAsPeersTake(contentByteCount: Int, storedByteCount: Int) throws {
        let content = try content(ofByteCount: contentByteCount)
        let data = try encode(content)
        #expect(data.count == storedByteCount)
        #expect(data.count <= MessageLimits.storedByteCount)
        #expect(try DirectMessage.decode(data, with: Accounts.bob).content == content)
    }

    @Test func contentsThatNoSwarmStoresAreNotSent() throws {
        let content = try content(ofByteCount: MessageLimits.directContentByteCount + 1)
        #expect(throws: MessagesError(.messageTooLarge, "")) { try encode(content) }
    }

    @Test(arguments: AccountID.Prefix.allCases.filter { $0 != .standard })
    func onlyAccountsAreWrittenTo(prefix: AccountID.Prefix) throws {
        let content = try MessageContent.text("hello", sentAt: moment)
        let recipient = AccountID(prefix: prefix, key: Accounts.bob.accountID.key)
        #expect(throws: MessagesError(.invalidRecipient, "")) { try encode(content, to: recipient) }
    }

    @Test func keysOfLowOrderAreNotWrittenTo() throws {
        let content = try MessageContent.text("hello", sentAt: moment)
        let recipient = AccountID(prefix: .standard, key: Bytes32())
        #expect(throws: MessagesError(.invalidRecipient, "")) { try encode(content, to: recipient) }
    }

    @Test func contentsWithoutTimeAreNotSent() throws {
        let content = try MessageContent(serialized: [0x0a, 0x03, 0x0a, 0x01, 0x61])
        #expect(throws: MessagesError(.invalidTimestamp, "")) { try encode(content) }
    }

    private func encode(_ content: MessageContent, to recipient: AccountID = Accounts.bob.accountID) throws -> [UInt8] {
        try DirectMessage.encode(content, from: Accounts.alice, to: recipient, random: CryptoRandom())
    }

    /// A text, and as many bytes in another field as are missing.
    private func content(ofByteCount count: Int) throws -> MessageContent {
        var protobuf = try MessageContent.text("a", sentAt: moment).protobuf
        var serialized: [UInt8] = try protobuf.serializedBytes()
        var filler = 0
        // The number that says how long the filler is takes bytes too, so this needs a few rounds.
        while serialized.count != count {
            filler += count - serialized.count
            protobuf.proSigForCommunityMessageOnly = .init(repeating: 1, count: filler)
            serialized = try protobuf.serializedBytes()
        }
        return try MessageContent(serialized: serialized)
    }
}
