import SessionInterfaces

/// A message of the network's request protocol over QUIC streams: a bencoded list of kind, number and content, with its
/// length in front. Follows protocol document 02, section 2.8.
public enum StreamFrame: Hashable, Sendable {
    /// Wants a reply with the same number.
    case command(number: Int64, endpoint: String, body: [UInt8])
    case reply(number: Int64, body: [UInt8])
    case failure(number: Int64, body: [UInt8])

    /// Bytes of the longest message.
    public static let maximumSize = 10_000_000

    /// The message without its length.
    public var bencoded: [UInt8] {
        switch self {
        case .command(let number, let endpoint, let body):
            Self.list("C", number, [Array(endpoint.utf8), body])
        case .reply(let number, let body): Self.list("R", number, [body])
        case .failure(let number, let body): Self.list("E", number, [body])
        }
    }

    /// The message as it goes into the stream.
    public var framed: [UInt8] {
        let message = bencoded
        return Array("\(message.count):".utf8) + message
    }

    /// Reads a message without its length.
    /// - Throws: `SwarmError(.malformedAnswer)`.
    public init(decoding message: [UInt8]) throws(SwarmError) {
        guard message.count <= Self.maximumSize, let parts = Bencoded(message, tolerating: .leadingZeros)?.list,
            parts.count >= 3, let kind = parts[0].bytes, let number = parts[1].integer
        else { throw SwarmError(.malformedAnswer, "the message of a stream breaks the format") }
        switch (kind, parts.count) {
        case ([UInt8(ascii: "C")], 4):
            guard let endpoint = parts[2].bytes.flatMap({ String(validating: $0, as: UTF8.self) }),
                let body = parts[3].bytes
            else { throw SwarmError(.malformedAnswer, "a command of a stream breaks the format") }
            self = .command(number: number, endpoint: endpoint, body: body)
        case ([UInt8(ascii: "R")], 3):
            guard let body = parts[2].bytes else { throw SwarmError(.malformedAnswer, "a reply has no body") }
            self = .reply(number: number, body: body)
        case ([UInt8(ascii: "E")], 3):
            guard let body = parts[2].bytes else { throw SwarmError(.malformedAnswer, "a failure has no body") }
            self = .failure(number: number, body: body)
        default: throw SwarmError(.malformedAnswer, "the message of a stream is of an unknown kind")
        }
    }

    private static func list(_ kind: String, _ number: Int64, _ strings: [[UInt8]]) -> [UInt8] {
        Bencoded.list([.bytes(Array(kind.utf8)), .integer(number)] + strings.map { .bytes($0) }).encoded
    }
}

/// Cuts a stream into messages, as they arrive in pieces.
public struct StreamFrames: Sendable {
    private var buffer: [UInt8] = []

    public init() {}

    /// Takes the next piece, and gives the messages that are complete with it, without their lengths.
    /// - Throws: `SwarmError(.malformedAnswer)` for a length that is none, or beyond `StreamFrame.maximumSize`: then the
    ///   stream is of no more use.
    public mutating func take(_ piece: [UInt8]) throws(SwarmError) -> [[UInt8]] {
        buffer += piece
        var messages: [[UInt8]] = []
        var start = 0
        while let (length, digits) = try Self.length(buffer[start...]) {
            let begin = start + digits
            guard buffer.count - begin >= length else { break }
            messages.append(Array(buffer[begin..<(begin + length)]))
            start = begin + length
        }
        buffer.removeFirst(start)
        return messages
    }

    /// The length that stands in front, and how many bytes it takes with its colon; nil when it is not complete.
    private static func length(_ bytes: ArraySlice<UInt8>) throws(SwarmError) -> (length: Int, digits: Int)? {
        var length = 0
        for (position, byte) in bytes.prefix(9).enumerated() {
            if byte == UInt8(ascii: ":"), position > 0, length <= StreamFrame.maximumSize {
                return (length, position + 1)
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
                throw SwarmError(.malformedAnswer, "a message of a stream has no length")
            }
            length = length * 10 + Int(byte - UInt8(ascii: "0"))
        }
        guard bytes.count < 9 else { throw SwarmError(.malformedAnswer, "a message of a stream is too long") }
        return nil
    }
}
