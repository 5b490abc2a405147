import SessionCrypto
import SessionInterfaces
import SessionMessages

/// The post-quantum form of messages and what devices tell one another: read behind a flag, never written.
enum UnsettledFormsRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            if row.content_hex.isPresent {
                try message(row)
            } else if row.expect.isPresent {
                try unknownVersion(row)
            } else if row.message_hex.isPresent {
                try announcement(row)
            } else if row.x25519_secret_hex.isPresent {
                try signature(row)
            } else if row.sas_seed_hex.isPresent {
                let numbers = try ShortAuthenticationString.numbers(for: row.plaintext_hex.bytes)
                expect(numbers.map(Int64.init) == (try row.indices.elements.map { try $0.integer }), row)
            } else {
                throw row.notUnderstood("a form")
            }
        }
    }

    private static func message(_ row: Vector) throws {
        let keys = try AccountKeys(entropy: try row.recipient_seed_hex.secret)
        let wire = try row.wire_hex.bytes
        expect(Int64(wire.count) == (try row.wire_length.integer), row)
        var forwardSecrecyKeys: [ForwardSecrecyKeys] = []
        if row.account_key_seed_hex.isPresent {
            let published = try ForwardSecrecyKeys(seed: try row.account_key_seed_hex.secret)
            try expect(published.x25519.publicKey.bytes.bytes, equals: row.account_x25519_pubkey_hex)
            try expect(published.mlkem768.publicKey, equals: row.mlkem768_pubkey_hex)
            let pair = try MLKEM768KeyPair(seed: row.mlkem_keygen_seed64_hex.secret)
            try expect(pair.publicKey, equals: row.mlkem768_pubkey_hex)
            let shared = try pair.sharedSecret(in: Array(wire[36..<1124])).withUnsafeBytes { Array($0) }
            try expect(shared, equals: row.mlkem_shared_hex)
            forwardSecrecyKeys = [try ForwardSecrecyKeys(seed: SecretBytes(keys.accountID.key.bytes)), published]
            expectRefusal(row, { ($0 as? MessagesError)?.code == .decryptionFailed }) {
                try DirectMessage.decode(wire, with: keys, allowing: .postQuantumMessages)
            }
        }
        let received = try DirectMessage.decode(
            wire, with: keys, allowing: .postQuantumMessages, forwardSecrecyKeys: forwardSecrecyKeys)
        try expect(received.content.serialized(), equals: row.content_hex)
        try expect(received.sender.hex, equals: row.sender_account_id)
        expect(received.sentAt == received.content.sentAt, row)
        expectRefusal(row, { ($0 as? MessagesError)?.code == .unknownVersion }) {
            try DirectMessage.decode(wire, with: keys)
        }
        var damaged = wire
        damaged[damaged.count - 1] ^= 1
        expectRefusal(row, { ($0 as? MessagesError)?.code == .decryptionFailed }) {
            try DirectMessage.decode(
                damaged, with: keys, allowing: .postQuantumMessages, forwardSecrecyKeys: forwardSecrecyKeys)
        }
    }

    private static func unknownVersion(_ row: Vector) throws {
        guard try row.expect.text == "unknown version" else { throw row.expect.notUnderstood("an outcome") }
        // The rest of the message is left out.
        let beginning = try row.wire_hex.text.prefix { $0 != "." }
        guard let wire = Hex.decode(String(beginning)) else { throw row.wire_hex.notUnderstood("hexadecimal digits") }
        let keys = AccountKeys.generate(from: CryptoRandom())
        for forms in [UnsettledForms(), .postQuantumMessages] {
            expectRefusal(row, { ($0 as? MessagesError)?.code == .unknownVersion }) {
                try DirectMessage.decode(wire, with: keys, allowing: forms)
            }
        }
    }

    private static func announcement(_ row: Vector) throws {
        let (account, message) = (try row.account_id.account, try row.message_hex.bytes)
        let announcement = try ForwardSecrecyAnnouncement(message, of: account, allowing: .postQuantumMessages)
        expect(announcement.mlkem768.count == 1184, row)
        var damaged = message
        damaged[damaged.count - 2] ^= 1
        expectRefusal(row, { ($0 as? MessagesError)?.code == .badSignature }) {
            try ForwardSecrecyAnnouncement(damaged, of: account, allowing: .postQuantumMessages)
        }
    }

    private static func signature(_ row: Vector) throws {
        let pair = try row.x25519_secret_hex.x25519Pair
        try expect(pair.publicKey.bytes.bytes, equals: row.x25519_pubkey_hex)
        let (message, signature) = (Array(try row.message_ascii.text.utf8), try row.signature_hex.bytes)
        expect(XEd25519.verify(signature, of: message, by: pair.publicKey), row)
        let random = QueuedRandom([[UInt8](repeating: 0x5a, count: 64)])
        try expect(XEd25519.sign(message, by: pair, random: random), equals: row.signature_hex)
    }
}
