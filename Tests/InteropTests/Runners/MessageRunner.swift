import SessionCrypto
import SessionInterfaces
import SessionMessages

/// Whole messages as clients send them: to an account, to a closed group, to a community.
enum MessageRunner {
    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let name = try row.name.text
            if name.hasPrefix("padding") {
                try expect(MessagePadding.pad(try row["in"].content.bytes), equals: row.out.padded)
            } else if name.hasPrefix("unpadding") {
                try expect(MessagePadding.unpad(try row["in"].padded.bytes), equals: row.out.content)
            } else if name.hasPrefix("one-to-one") {
                try direct(row)
            } else if name.hasPrefix("closed group") {
                try group(row)
            } else if name.hasPrefix("community") {
                try community(row)
            } else if name.hasPrefix("damaged one-to-one") {
                try damaged(row)
            } else {
                throw row.name.notUnderstood("a kind of message")
            }
        }
    }

    static func groups(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let input = row["in"]
            let group = try input.group_id.account
            guard input.group_key.isPresent else { return try history(row, group) }
            let (sender, key) = (try input.sender_seed.ed25519Pair, try input.group_key.secret)
            let granted = try GroupKeyGrant.key(
                in: input.keys_message.bytes, of: group, for: input.reader_seed.ed25519Pair)
            expect(granted.isEqual(to: key), input.keys_message, "holds another key for the reader")
            let sealed = try GroupMessageSeal.seal(
                try input.message.bytes, from: sender, to: group, key: key,
                random: QueuedRandom([try input.nonce.bytes]), compresses: try input.compress.bool,
                blockByteCount: Int(try input.padding.integer))
            // What is compressed depends on the library's version in its bytes, but not in what they say.
            let (theirs, isCompressed) = (try row.out.ciphertext.bytes, try isCompressed(row, key))
            if !isCompressed { expect(sealed == theirs, row, "the ciphertext differs") }
            for ciphertext in [sealed, theirs] {
                let opened = try GroupMessageSeal.open(ciphertext, in: group, keys: [key])
                try expect(opened.plaintext, equals: row.out.decrypts_to.message)
                try expect(opened.sender.hex, equals: row.out.decrypts_to.sender_session_id)
            }
            guard row.tampered.isPresent else { return }
            expectRefusal(row.tampered, { ($0 as? MessagesError)?.code == .decryptionFailed }) {
                try GroupMessageSeal.open(try row.tampered.ciphertext.bytes, in: group, keys: [key])
            }
        }
    }

    /// Messages under several generations of keys, of which a member got all.
    private static func history(_ row: Vector, _ group: AccountID) throws {
        let reader = try row["in"].reader_seed.ed25519Pair
        let keys = try row["in"].keys_messages.elements.map {
            try GroupKeyGrant.key(in: $0.bytes, of: group, for: reader)
        }
        let messages = try row.out.messages.elements
        guard !keys.isEmpty, !messages.isEmpty else { throw row.notUnderstood("keys and messages") }
        for message in messages {
            let opened = try GroupMessageSeal.open(try message.ciphertext.bytes, in: group, keys: keys)
            try expect(opened.plaintext, equals: message.message)
            try expect(opened.sender.hex, equals: row.out.sender_session_id)
        }
    }

    private static func isCompressed(_ row: Vector, _ key: SecretBytes) throws -> Bool {
        let ciphertext = try row.out.ciphertext.bytes
        let inner = try XChaCha20Poly1305.open(Array(ciphertext[24...]), key: key, nonce: Array(ciphertext[..<24]))
        return inner.contains(zstandardMagic)
    }

    /// How a Zstandard frame begins.
    private static let zstandardMagic: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]

    /// Where a throwaway key signed, its seed is the draw; with Session Pro it is the seed of the rotating key.
    private static func signingSeed(_ input: Vector) throws -> [UInt8] {
        try (input.throwaway_signing_seed.isPresent ? input.throwaway_signing_seed : input.pro_rotating_seed).bytes
    }

    private static func direct(_ row: Vector) throws {
        let (input, output) = (row["in"], row.out.decodes_to)
        let sender = try AccountKeys(entropy: try input.sender_seed.secret)
        let recipient = try AccountKeys(entropy: try input.recipient_seed.secret)
        let content = try MessageContent(serialized: try input.content.bytes)
        let random = QueuedRandom([try input.ephemeral_x25519_seckey.bytes, try signingSeed(input)])
        if try !row.name.text.contains("another key") {
            let message = try DirectMessage.encode(
                content, from: sender, to: try input.recipient_session_id.account, random: random)
            try expect(message, equals: row.out.message)
        }
        let received = try DirectMessage.decode(try row.out.message.bytes, with: recipient)
        try expect(received.content.serialized(), equals: output.content)
        try expect(received.senderKey.hex, equals: output.sender_ed25519)
        try expect(received.sender.hex, equals: output.sender_session_id)
        expect(received.sentAt.milliseconds == (try output.timestamp_ms.integer), row)
    }

    private static func group(_ row: Vector) throws {
        let (input, output) = (row["in"], row.out.decodes_to)
        let (group, key) = (try input.group_id.account, try input.group_key.secret)
        let sender = try AccountKeys(entropy: try input.sender_seed.secret)
        let content = try MessageContent(serialized: try input.content.bytes)
        let ours = try GroupMessage.encode(
            content, from: sender, to: group, key: key,
            random: QueuedRandom([try signingSeed(input), try input.nonce.bytes]))
        let theirs = try row.out.ciphertext.bytes
        for message in [ours, theirs] {
            try expect(
                GroupMessageSeal.open(message, in: group, keys: [key]).plaintext, equals: row.out.envelope)
            let received = try GroupMessage.decode(message, in: group, keys: [key])
            try expect(received.content.serialized(), equals: output.content)
            try expect(received.sender.hex, equals: output.sender_session_id)
            expect(received.sentAt.milliseconds == (try output.timestamp_ms.integer), row)
        }
    }

    private static func community(_ row: Vector) throws {
        let (input, output) = (row["in"], row.out.decodes_to)
        let received = try CommunityMessage.decode(try row.out.message.bytes)
        try expect(received.content.serialized(), equals: output.content)
        expect(received.hasEnvelope == (try output.was_envelope.bool), row)
        expect((received.proSignature != nil) == (try output.has_pro_sig.bool), row)
        guard let signature = received.proSignature else {
            return try expect(CommunityMessage.encode(received.content), equals: row.out.message)
        }
        let key = try input.pro_rotating_seed.ed25519Pair.publicKey
        expect(Ed25519.verify(signature, of: received.proSignedBytes, by: key), row, "the Pro signature is wrong")
        expectRefusal(row) { try CommunityMessage.encode(received.content) }
    }

    private static func damaged(_ row: Vector) throws {
        let keys = try AccountKeys(entropy: try row["in"].recipient_seed.secret)
        expectRefusal(row, { ($0 as? MessagesError)?.code == .decryptionFailed }) {
            try DirectMessage.decode(try row["in"].message.bytes, with: keys)
        }
    }
}
