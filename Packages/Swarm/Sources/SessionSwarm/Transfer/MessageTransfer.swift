public import SessionInterfaces

/// Messages as one service node hands them to another that joins its swarm: version 1, which does not carry the
/// namespace. Follows protocol document 02, section 6.3.
public enum MessageTransfer {
    /// Bytes of one part.
    public static let maximumSize = 9_000_000

    private static let version: UInt8 = 1

    public struct Message: Hashable, Sendable {
        public let account: AccountID
        /// As bytes: older nodes took any text.
        public let hash: [UInt8]
        public let timestamp: Timestamp
        public let expiry: Timestamp
        public let data: [UInt8]

        public init(account: AccountID, hash: [UInt8], timestamp: Timestamp, expiry: Timestamp, data: [UInt8]) {
            self.account = account
            self.hash = hash
            self.timestamp = timestamp
            self.expiry = expiry
            self.data = data
        }

        fileprivate var bencoded: Bencoded {
            .list([
                .bytes(account.bytes), .bytes(hash), .integer(timestamp.milliseconds), .integer(expiry.milliseconds),
                .bytes(data),
            ])
        }
    }

    /// The messages in as many parts as they need. A part is larger than `limit` only when a single message is.
    public static func encode(_ messages: [Message], limit: Int = maximumSize) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var part: [UInt8] = []
        for message in messages {
            let encoded = message.bencoded.encoded
            if !part.isEmpty, part.count + encoded.count + 1 > limit {
                parts.append(part + [UInt8(ascii: "e")])
                part = []
            }
            if part.isEmpty { part = [version, UInt8(ascii: "l")] }
            part += encoded
        }
        if !part.isEmpty { parts.append(part + [UInt8(ascii: "e")]) }
        return parts
    }

    /// - Throws: `SwarmError(.malformedAnswer)` for another version, more than `maximumSize` bytes, or a message that
    ///   breaks the format.
    public static func decode(_ part: [UInt8]) throws(SwarmError) -> [Message] {
        guard part.count <= maximumSize, part.first == version else {
            throw SwarmError(.malformedAnswer, "the messages are of another version, or too many")
        }
        // No message takes less than fifty bytes.
        guard let list = Bencoded(Array(part.dropFirst()), maximumCount: part.count / 8 + 8)?.list else {
            throw SwarmError(.malformedAnswer, "the messages are not a list")
        }
        return try list.map { (element) throws(SwarmError) in
            guard let fields = element.list, fields.count == 5,
                let account = fields[0].bytes.flatMap({ try? AccountID(bytes: $0) }), let hash = fields[1].bytes,
                let timestamp = fields[2].integer.flatMap({ Timestamp(plausible: .integer($0)) }),
                let expiry = fields[3].integer.flatMap({ Timestamp(plausible: .integer($0)) }),
                let data = fields[4].bytes
            else { throw SwarmError(.malformedAnswer, "a message lacks a field or breaks the format") }
            return Message(account: account, hash: hash, timestamp: timestamp, expiry: expiry, data: data)
        }
    }
}
