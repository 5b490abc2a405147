import SessionCrypto
import SessionInterfaces
import SessionMessages
import SwiftProtobuf
import Testing

/// Known answers with a few bytes changed, cut, doubled or moved, through every decoder: each either reads them or
/// throws the layer's error. What changes is drawn from a seed, so a failure comes back.
@Suite struct MutationTests {
    /// A decoder, and bytes that it reads.
    struct Target: Sendable, CustomTestStringConvertible {
        let name: String
        let seeds: [[UInt8]]
        let read: @Sendable ([UInt8]) throws -> Void

        var testDescription: String { name }
    }

    private static let groupKey = SecretBytes([UInt8](repeating: 3, count: 32))
    private static let group = AccountID(prefix: .group, key: Accounts.carol.ed25519.publicKey.bytes)
    private static let nonce = [UInt8](repeating: 0, count: 24)

    private static let contents: [[UInt8]] =
        (MessageContentTests.samples.map(\.0) + [KnownMessages.Reference.content]).compactMap(Hex.decode)

    private static let stored: [[UInt8]] = [
        KnownMessages.Reference.stored, KnownMessages.fromOldMobileClient, KnownMessages.forwarded,
    ].compactMap(Hex.decode)

    private static let groupPlaintext =
        Array("d0:i1e1:a32:".utf8) + [UInt8](repeating: 1, count: 32)
        + Array("1:d3:abc1:s64:".utf8) + [UInt8](repeating: 2, count: 64) + Array("e".utf8)

    private static let push: [UInt8] = {
        let facts = "{\"@\":\"\(Accounts.bob.accountID.hex)\",\"#\":\"aGFzaA\",\"n\":0}"
        return Array("l\(facts.utf8.count):\(facts)5:helloe".utf8)
    }()

    static let targets: [Target] = [
        Target(name: "content", seeds: contents) { bytes in
            let content = try MessageContent(serialized: bytes)
            _ = (content.kind, content.text, content.profile, content.sentAt, content.syncTarget, content.expiration)
            _ = (content.legacyPayload, content.lifetime(of: .recipient), content.lifetime(of: .group))
            #expect(try MessageContent(serialized: content.serialized()) == content)
            _ = try content.payload()
        },
        Target(name: "stored message", seeds: stored) { bytes in
            _ = try DirectMessage.decode(bytes, with: Accounts.bob)
        },
        Target(name: "post-quantum message", seeds: [[0, 2] + [UInt8](repeating: 7, count: 1534)]) { bytes in
            _ = try DirectMessage.decode(bytes, with: Accounts.bob, allowing: .postQuantumMessages)
        },
        Target(name: "device message", seeds: [Array("d0:1:L1:L3:abce".utf8)]) { bytes in
            _ = try DeviceMessage.decode(
                bytes, signedBy: Accounts.bob.ed25519.publicKey, allowing: .deviceGroups)
        },
        Target(name: "group plaintext", seeds: [groupPlaintext]) { bytes in
            let sealed = nonce + (try XChaCha20Poly1305.seal(bytes, key: groupKey, nonce: nonce))
            _ = try GroupMessage.decode(sealed, in: group, keys: [groupKey])
        },
        Target(name: "community message", seeds: contents.map(MessagePadding.pad) + stored) { bytes in
            _ = try CommunityMessage.decode(bytes, postedAt: moment)
        },
        Target(name: "push payload", seeds: [push]) { bytes in
            let sealed = nonce + (try XChaCha20Poly1305.seal(bytes, key: groupKey, nonce: nonce))
            _ = try PushPayload(sealed, key: groupKey)
        },
    ]

    @Test(arguments: targets, 0..<4)
    func changedBytesAreReadOrRefused(target: Target, seed: UInt64) {
        var generator = SeededRandom(seed: seed).generator
        for round in 0..<200 {
            let original = target.seeds[round % target.seeds.count]
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) { bytes.mutate(using: &generator) }
            do {
                try target.read(bytes)
            } catch {
                #expect(error is MessagesError, "\(target.name), seed \(seed), round \(round): \(error)")
            }
        }
    }

    @Test(arguments: targets) func everyBeginningIsReadOrRefused(target: Target) {
        for bytes in target.seeds {
            for count in stride(from: 0, through: bytes.count, by: max(1, bytes.count / 200)) {
                do {
                    try target.read(Array(bytes.prefix(count)))
                } catch {
                    #expect(error is MessagesError, "\(target.name), \(count) bytes: \(error)")
                }
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func mutate(using generator: inout some RandomNumberGenerator) {
        guard !isEmpty else { return append(.random(in: 0...255, using: &generator)) }
        let position = Int.random(in: indices, using: &generator)
        let end = Int.random(in: position...Swift.min(position + 16, count), using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: self[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: self[position] = [0x00, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
        case 2: insert(.random(in: 0...255, using: &generator), at: position)
        case 3: removeSubrange(position..<end)
        case 4: insert(contentsOf: Array(self[position..<end]), at: position)
        default: self[position] = .random(in: 0...255, using: &generator)
        }
    }
}
