@_spi(Deterministic) import SessionCrypto
import SessionInterfaces
import SessionMessages

/// One-to-one messages: the seal, the padding and the layers around it.
enum DirectMessageRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.deterministic) { row in
            let sealed = try DirectMessageSeal.sealDeterministically(
                Array(try row.message_ascii.text.utf8), from: try row.sender_seed_hex.ed25519Pair,
                to: try row.recipient_account_id.account)
            try expect(sealed, equals: row.ciphertext_hex)
        }
        try tally.checkEach(file.wire, wire)
        try tally.checkEach(file.padding) { row in
            let content = [UInt8](repeating: 1, count: Int(try row.content_length.integer))
            let padded = MessagePadding.pad(content)
            expect(Int64(padded.count) == (try row.current_padded_length.integer), row)
            expect(MessagePadding.unpad(padded) == content, row)
            let legacy =
                content + [0x80]
                + [UInt8](
                    repeating: 0, count: Int(try row.legacy_padded_length.integer) - content.count - 1)
            expect(MessagePadding.unpad(legacy) == content, row)
        }
        try tally.checkEach(file.unpadding) { row in
            try expect(MessagePadding.unpad(try row.input_hex.bytes), equals: row.output_hex)
        }
    }

    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let input = row["in"]
            let recipient = try input.recipient_seed.ed25519Pair
            if row.out.isPresent { try sealing(row, recipient) }
            guard row.tampered.isPresent else { return }
            expectRefusal(row.tampered) {
                guard let code = ($0 as? CryptoError)?.code else { return false }
                return (try? reason(row.tampered.result.reason)) == code
            } _: {
                try DirectMessageSeal.open(try row.tampered.ciphertext.bytes, with: recipient.x25519)
            }
        }
    }

    private static func sealing(_ row: Vector, _ recipient: Ed25519KeyPair) throws {
        let input = row["in"]
        let sender = try input.sender_seed.ed25519Pair
        let (message, account) = (try input.message.bytes, try input.recipient_session_id.account)
        let signature = sender.sign(message + sender.publicKey.bytes.bytes + account.key.bytes)
        try expect(message + sender.publicKey.bytes.bytes + signature, equals: row.out.signed_body)
        let sealed = try DirectMessageSeal.seal(
            message, from: sender, to: account, ephemeralSecret: try input.ephemeral_x25519_seckey.secret)
        try expect(sealed, equals: row.out.ciphertext)
        try expect(
            DirectMessageSeal.sealDeterministically(message, from: sender, to: account),
            equals: row.out.deterministic_ciphertext)
        for ciphertext in [sealed, try DirectMessageSeal.seal(message, from: sender, to: account)] {
            let opened = try DirectMessageSeal.open(ciphertext, with: recipient.x25519)
            try expect(opened.plaintext, equals: row.out.decrypts_to.message)
            try expect(opened.senderKey.hex, equals: row.out.decrypts_to.sender_ed25519)
            try expect(opened.sender.hex, equals: row.out.decrypts_to.sender_session_id)
        }
    }

    private static func reason(_ vector: Vector) throws -> CryptoError.Code {
        switch try vector.text {
        case "authentication_failed": .failed
        case "too_short": .tooShort
        case "bad_signature", "signature": .badSignature
        default: throw vector.notUnderstood("a reason")
        }
    }

    private static func wire(_ row: Vector) throws {
        let keys = try AccountKeys(entropy: row.recipient_seed_hex.secret)
        let wire = try row.wire_hex.bytes
        let expectation = try row.expect.text
        guard expectation != "ok" else {
            let message = try DirectMessage.decode(wire, with: keys)
            try expect(message.sender.hex, equals: row.sender_account_id)
            try expect(message.senderKey.hex, equals: row.sender_ed25519_hex)
            expect(message.sentAt.milliseconds == (try row.envelope_timestamp_ms.integer), row)
            try expect(message.content.serialized(), equals: row.content_hex)
            return
        }
        let codes: [String: MessagesError.Code] = [
            "decrypt error": .decryptionFailed, "signature error": .badSignature, "too short": .tooShort,
            "missing request": .missingRequest, "missing body": .missingBody, "missing content": .missingContent,
            "pro signature size": .proSignatureSize, "source size": .sourceSize,
            "drop: timestamp mismatch": .timestampMismatch,
        ]
        guard let code = codes[expectation] else { throw row.expect.notUnderstood("an outcome") }
        expectRefusal(row, { ($0 as? MessagesError)?.code == code }) { try DirectMessage.decode(wire, with: keys) }
    }
}
