import SessionCrypto
import SessionInterfaces

/// Direct messages through a community.
enum BlindedMessageRunner {
    struct Parties {
        let sender: Ed25519KeyPair
        let senderID: AccountID
        let recipient: Ed25519KeyPair
        let recipientID: AccountID
        let server: X25519PublicKey

        init(
            _ senderSeed: Vector, _ senderID: Vector, _ recipientSeed: Vector, _ recipientID: Vector, _ server: Vector
        ) throws {
            sender = try senderSeed.ed25519Pair
            self.senderID = try senderID.account
            recipient = try recipientSeed.ed25519Pair
            self.recipientID = try recipientID.account
            self.server = try server.x25519Key
        }

        func open(_ sealed: [UInt8], as own: Ed25519KeyPair) throws -> OpenedDirectMessage {
            try BlindedMessageSeal.open(sealed, with: own, from: senderID, to: recipientID, at: server)
        }
    }

    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let input = row["in"]
            let parties = try Parties(
                input.sender_seed, input.sender_blinded_id, input.recipient_seed, input.recipient_blinded_id,
                input.server_pubkey)
            let opened = row.out.decrypts_for_recipient_and_for_sender_to
            try expect(try input.message.bytes, equals: opened.message)
            try message(
                input.message.bytes, sealed: row.out.ciphertext, nonce: input.nonce, parties,
                account: opened.sender_session_id)
            for tampered in try row.tampered.elements {
                let code = try code(tampered.result.reason)
                for own in [parties.sender, parties.recipient] {
                    expectRefusal(tampered, { ($0 as? CryptoError)?.code == code }) {
                        try parties.open(tampered.ciphertext.bytes, as: own)
                    }
                }
            }
        }
    }

    static func derived(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let parties = try Parties(
                file.sender_seed, row.sender_blinded_id, file.recipient_seed, row.recipient_blinded_id,
                file.server_pubkey)
            let plaintext = Array(try row.plaintext_utf8.text.utf8)
            try expect(plaintext + parties.sender.publicKey.bytes.bytes, equals: row.inner_plaintext_hex)
            try message(
                plaintext, sealed: row.data_hex, nonce: row.nonce, parties, account: row.recovered_sender_session_id)
            try expect(Base64.encode(row.data_hex.bytes), equals: row.message_base64)
        }
    }

    static func message(
        _ plaintext: [UInt8], sealed: Vector, nonce: Vector, _ parties: Parties, account: Vector
    ) throws {
        let made = try BlindedMessageSeal.seal(
            plaintext, from: parties.sender, to: parties.recipientID, at: parties.server,
            random: QueuedRandom([nonce.bytes]))
        try expect(made, equals: sealed)
        for own in [parties.sender, parties.recipient] {
            let opened = try parties.open(sealed.bytes, as: own)
            expect(opened.plaintext == plaintext, sealed)
            expect(opened.senderKey == parties.sender.publicKey, sealed)
            try expect(opened.sender.hex, equals: account)
        }
    }

    private static func code(_ reason: Vector) throws -> CryptoError.Code {
        switch try reason.text {
        case "authentication_failed": .failed
        case "unknown_version": .unknownVersion
        default: throw reason.notUnderstood("a reason")
        }
    }
}
