import FoundationEssentials
public import HTTPTypes
import SessionInterfaces

/// A server's answer as it stands inside the onion, version 4. Follows protocol document 02, section 2.6.
public struct ServerResponseV4: Hashable, Sendable {
    public var code: Int
    public var headers: HTTPFields
    public var body: [UInt8]

    public init(code: Int, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.code = code
        self.headers = headers
        self.body = body
    }

    public func encoded() -> [UInt8] {
        let head = JSONText.object([
            ("code", String(code)), ("headers", HeaderText.object(headers, name: \.canonicalName)),
        ])
        return Bencoded.strings([Array(head.utf8), body]).encoded
    }

    /// Reads an answer, as a client. A missing body part counts as an empty one.
    /// - Throws: `.malformedReply`
    public init(decoding bytes: [UInt8]) throws(OnionError) {
        guard let parts = ServerParts.read(bytes), let head = parts.first else {
            throw OnionError(.malformedReply, "the server's answer is not a list of one or two byte strings")
        }
        let decoded: Head
        do {
            decoded = try JSONDecoder().decode(Head.self, from: Data(head))
        } catch {
            throw OnionError(.malformedReply, "the head of the server's answer cannot be read", underlying: error)
        }
        guard OnionReply.statuses.contains(decoded.code) else {
            throw OnionError(.malformedReply, "the code of the server's answer is none of HTTP")
        }
        self.init(
            code: decoded.code, headers: HeaderText.fields(decoded.headers ?? [:]),
            body: parts.count == 2 ? parts[1] : [])
    }

    private struct Head: Decodable {
        let code: Int
        let headers: [String: String]?
    }
}
