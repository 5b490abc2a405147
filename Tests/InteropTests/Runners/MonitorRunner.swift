import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// Subscriptions to what arrives, and the frames in which they travel.
enum MonitorRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        // The keys stand in another file.
        let keys = try VectorDirectory.read("02-auth-signatures")["keys"]
        try tally.checkEach(file.requests) { try request($0, keys) }
        tally.check(file.notification) { row in
            let notification = try MonitorNotification(decoding: try row.bencoded_hex.bytes)
            try expect(notification.account.hex, equals: row["account"])
            try expect(notification.hash.text, equals: row.hash)
            expect(Int64(notification.namespace.rawValue) == (try row.namespace.integer), row.namespace)
            expect(notification.timestamp.milliseconds == (try row.timestamp.integer), row.timestamp)
            expect(notification.expiry.milliseconds == (try row.expiry.integer), row.expiry)
            if row.data.isPresent {
                try expect(String(decoding: notification.data ?? [], as: UTF8.self), equals: row.data)
            } else {
                expect(notification.data == nil, row.data)
            }
        }
        try tally.checkEach(file.quic_frames) { row in
            var stream = StreamFrames()
            let messages = try stream.take(Array(try row.framed.text.utf8))
            guard messages.count == 1 else { return expect(false, row.framed, "is not one message") }
            try expect(String(decoding: messages[0], as: UTF8.self), equals: row.bencoded)
            let frame = try StreamFrame(decoding: messages[0])
            try expect(String(decoding: frame.framed, as: UTF8.self), equals: row.framed)
        }
    }

    private static func request(_ row: Vector, _ keys: Vector) throws {
        let account = try row["account"].account
        let namespaces = try row.namespaces.elements.map { element in
            guard let number = Int16(exactly: try element.integer) else { throw element.notUnderstood("a namespace") }
            return Namespace(rawValue: number)
        }
        let includesData = try row.want_data.bool
        let moment = Timestamp(milliseconds: try row.timestamp_s.integer * 1000)
        let text = SignedText.monitor(account, namespaces, includesData: includesData, at: moment)
        try expect(String(decoding: text.bytes, as: UTF8.self), equals: row.signed_ascii)
        // What the row was made with: a subaccount's token stands in its request.
        let expected = try row.request_hex.bytes
        guard let body = Bencoded(expected) else { throw row.request_hex.notUnderstood("a bencoded value") }
        if let token = body["T"]?.bytes {
            let signer = try keys.subaccount_seed.ed25519Pair
            try expect(Base64.encode(signer.sign(text.bytes)), equals: row.signature)
            let request = MonitorRequest(
                account, namespaces, includesData: includesData, signedAt: moment,
                signature: signer.sign(text.bytes), token: token,
                tokenSignature: try keys.group_seed.ed25519Pair.sign(token))
            try expect(request.bencoded.encoded, equals: row.request_hex)
        } else {
            let signer = account.prefix == .group ? keys.group_seed : keys.user_seed
            let request = try MonitorRequest(
                account, namespaces, includesData: includesData, credential: .owner(try signer.ed25519Pair),
                signedAt: moment)
            try expect(Base64.encode(request.signature), equals: row.signature)
            try expect(request.bencoded.encoded, equals: row.request_hex)
        }
    }
}
