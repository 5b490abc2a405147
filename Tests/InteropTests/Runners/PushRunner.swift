import SessionCrypto
import SessionInterfaces
import SessionMessages

/// Push notifications: payloads, and what is signed to get them.
enum PushRunner {
    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let (key, payload) = (try row["in"].enc_key.secret, try row["in"].payload.bytes)
            guard row.out.plaintext.isPresent else {
                return expectRefusal(row, { $0 is MessagesError }) { try PushPayload.decrypt(payload, key: key) }
            }
            try expect(PushPayload.decrypt(payload, key: key), equals: row.out.plaintext)
            guard row.tampered.isPresent else { return }
            expectRefusal(row.tampered, { ($0 as? MessagesError)?.code == .decryptionFailed }) {
                try PushPayload.decrypt(try row.tampered.payload.bytes, key: key)
            }
        }
    }

    static func derived(_ file: Vector, _ tally: Tally) throws {
        let key = try file.enc_key.secret
        tally.check(file.upstream_payload) { row in
            let plaintext = try PushPayload.decrypt(try row.payload_hex.bytes, key: key)
            try expect(String(decoding: plaintext, as: UTF8.self), equals: row.plaintext_utf8)
        }
        try tally.checkEach(file.payloads) { row in
            let sealed = try row.enc_payload_base64.base64
            let plaintext = try PushPayload.decrypt(sealed, key: key)
            try expect(String(decoding: plaintext, as: UTF8.self), equals: row.bencoded_utf8)
            let payload = try PushPayload(sealed, key: key)
            let hasMessage = try row.description.text == "message data included"
            expect(payload.message == (hasMessage ? Array("hello".utf8) : nil), row)
            expect(payload.isTooLong == !hasMessage, row)
            expect(payload.namespace == .messages && payload.hash == "aGFzaA", row)
            expect(payload.storedAt?.milliseconds == 1_677_520_760_000, row)
        }
        try tally.checkEach(file.signatures) { row in
            let keys = try row.seed.ed25519Pair
            let signedAt = Timestamp(milliseconds: try row.sig_ts.integer * 1000)
            let text =
                row.namespaces.isPresent
                ? try PushRequest.subscription(
                    of: row.pubkey.account, signedAt: signedAt, includesMessages: row.data.bool,
                    namespaces: Set(row.namespaces.elements.map { Namespace(rawValue: Int16(try $0.integer)) }))
                : PushRequest.cancellation(of: try row.pubkey.account, signedAt: signedAt)
            try expect(String(decoding: text, as: UTF8.self), equals: row.message_utf8)
            try expect(keys.sign(text), equals: row.signature_hex)
        }
        try tally.checkEach(file.failures) { row in
            let input = try row.input.text
            switch input {
            case "payload shorter than 40 bytes":
                expectRefusal(row) { try PushPayload.decrypt([UInt8](repeating: 0, count: 39), key: key) }
            case "enc_key not 32 bytes":
                let short = SecretBytes([UInt8](repeating: 0, count: 31))
                expectRefusal(row) { try PushPayload.decrypt([UInt8](repeating: 0, count: 64), key: short) }
            default:
                if !Pending.Rows.isPushServersRule(row) { throw row.input.notUnderstood("a failure") }
            }
        }
    }
}
