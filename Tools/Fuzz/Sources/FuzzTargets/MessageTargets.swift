import SessionCrypto
import SessionInterfaces

@testable import SessionMessages

extension FuzzTarget {
    /// The account, group and key of all targets. Nothing is secret here.
    private static let account = AccountKeys.generate(from: SeededRandom(seed: 1))
    private static let group = AccountID(prefix: .group, key: account.ed25519.publicKey.bytes)
    private static let key = SecretBytes([UInt8](repeating: 3, count: 32))
    private static let nonce = [UInt8](repeating: 0, count: 24)
    private static let now = Timestamp(milliseconds: 1_700_000_000_000)

    /// What a message says, as its protobuf.
    static let content = FuzzTarget(
        name: "content",
        seeds: [.init("01-content-samples", "content_hex"), .init("oracle-messages", "content")]
    ) { bytes in
        let content = try MessageContent(serialized: bytes)
        touch(content)
        let again = try MessageContent(serialized: content.serialized())
        precondition(again == content, "a field was lost")
        let payload = try content.payload()
        guard let sentAt = content.sentAt else { return }
        _ = try MessageContent(payload, sentAt: sentAt, expiration: content.expiration, profile: content.profile)
    }

    /// What a swarm stores for an account.
    static let directMessage = FuzzTarget(
        name: "direct", seeds: [.init("01-dm-v1", "wire_hex"), .init("oracle-messages", "message")]
    ) { bytes in touch(try DirectMessage.decode(bytes, with: account).content) }

    /// What a sender can put into a sealed message.
    static let directPlaintext = FuzzTarget(
        name: "direct-plaintext",
        seeds: [.init("01-content-samples", "content_hex"), .init("oracle-messages", "content")]
    ) { bytes in
        let sealed = try DirectMessageSeal.seal(bytes, from: account.ed25519, to: account.accountID)
        let wrapper = DirectWrapper(
            timestamp: UInt64(now.milliseconds), sealedContent: sealed, proSignature: [UInt8](repeating: 0, count: 64))
        touch(try DirectMessage.decode(wrapper.serialized(), with: account).content)
    }

    static let postQuantumMessage = FuzzTarget(
        name: "post-quantum",
        seeds: [.init("01-dm-v2-influx", "wire_hex"), .init("01-dm-v2-influx", "message_hex")]
    ) { bytes in
        _ = try? ForwardSecrecyAnnouncement(bytes, of: account.accountID, allowing: .postQuantumMessages)
        _ = try? DeviceMessage.decode(bytes, signedBy: account.ed25519.publicKey, allowing: .deviceGroups)
        touch(try DirectMessage.decode(bytes, with: account, allowing: .postQuantumMessages).content)
    }

    /// What holders of a group's key can make up.
    static let groupPlaintext = FuzzTarget(name: "group", seeds: [.init("03-bt-encoding", "encoded", .text)]) { bytes in
        touch(try GroupMessage.decode(sealed(bytes), in: group, keys: [key]).content)
    }

    static let communityMessage = FuzzTarget(
        name: "community",
        seeds: [.init("oracle-messages", "message"), .init("04-sogs-messages", "data_hex")]
    ) { bytes in
        touch(try CommunityMessage.decode(bytes, postedAt: now).content)
    }

    /// The line and headers of a request to a community server, a line each.
    static let communityRequest = FuzzTarget(
        name: "community-request", seeds: [.init("04-sogs-auth", "path_on_http_wire", .text)]
    ) { bytes in
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let request = try CommunityRequest(method: "GET", path: String(lines.first ?? ""))
        let fields = CommunityRequestProof.Field.allCases
        let proof = try CommunityRequestProof { field in
            let index = (fields.firstIndex(of: field) ?? 0) + 1
            return index < lines.count ? String(lines[index]) : nil
        }
        let server = account.x25519.publicKey
        try proof?.check(request, by: .init(server: server, now: now, takeNonce: { _ in true }))
    }

    /// What a push server sends, decrypted.
    static let pushPayload = FuzzTarget(name: "push", seeds: [.init("04-push", "bencoded_utf8", .text)]) { bytes in
        _ = try PushPayload(sealed(bytes), key: key)
    }

    private static func sealed(_ plaintext: [UInt8]) throws -> [UInt8] {
        nonce + (try XChaCha20Poly1305.seal(plaintext, key: key, nonce: nonce))
    }

    /// Everything that is computed on demand.
    private static func touch(_ content: MessageContent) {
        _ = (content.kind, content.text, content.profile, content.sentAt, content.syncTarget, content.expiration)
        _ = content.legacyPayload
        for copy in StoredCopy.allCases { _ = content.lifetime(of: copy) }
        if case .visible(let message) = try? content.payload() { _ = message.mentions }
    }
}
