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
                ? try PushRequest.subscriptionText(
                    of: row.pubkey.account, signedAt: signedAt, includesMessages: row.data.bool,
                    namespaces: row.namespaces.elements.map { Namespace(rawValue: Int16(try $0.integer)) })
                : PushRequest.cancellationText(of: try row.pubkey.account, signedAt: signedAt)
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
            case "namespaces empty, unsorted or duplicated":
                for namespaces in [[], [Namespace.userProfile, .messages], [.messages, .messages]] {
                    expectRefusal(row, { $0 is MessagesError }) { try subscription(namespaces) }
                }
            case "sig_ts 14 days old or older, or 24 h or more ahead":
                for age in [Duration.days(14), .days(15), .days(-1), .days(-2)] {
                    expectRefusal(row, { ($0 as? MessagesError)?.code == .invalidTimestamp }) {
                        try subscription(age: age)
                    }
                }
                for age in [Duration.days(14) - .seconds(1), .zero, .seconds(1) - .days(1)] {
                    _ = try subscription(age: age)
                }
            case "request body above 100000 bytes or without length":
                let request = try subscription()
                let count = try PushRequest.body(of: [request]).count - 2
                let most = (PushRequest.bodyByteCount - 1) / (count + 1)
                expect(try PushRequest.body(of: Array(repeating: request, count: most)).count <= 100_000, row)
                expectRefusal(row, { ($0 as? MessagesError)?.code == .messageTooLarge }) {
                    try PushRequest.body(of: Array(repeating: request, count: most + 1))
                }
            default: throw row.input.notUnderstood("a failure")
            }
        }
    }

    /// A subscription that servers take, but for what the arguments say.
    private static func subscription(
        _ namespaces: [Namespace] = [.messages], age: Duration = .zero
    ) throws -> PushRequest {
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let device = try PushDevice(
            service: .firebase, token: String(repeating: "t", count: 100),
            key: SecretBytes([UInt8](repeating: 1, count: 32)))
        return try PushRequest.subscription(
            of: .account(.generate(from: CryptoRandom())), on: device, namespaces: namespaces, signedAt: now - age,
            now: now)
    }
}
