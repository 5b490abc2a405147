import FoundationEssentials

/// What a service node encrypts as its answer: `{"body": …, "status": …}`. Follows protocol document 02, section 2.4.
public struct NodeReply: Hashable, Sendable {
    public let status: Int
    /// The result: text or JSON.
    public let body: [UInt8]

    public init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }

    var reply: OnionReply { OnionReply(status: status, body: body) }

    /// - Parameter asJSON: Whether `body`, which must be JSON then, stands as a value instead of as text.
    public func encoded(asJSON: Bool) -> [UInt8] {
        let text = String(decoding: body, as: UTF8.self)
        let object = JSONText.object([("body", asJSON ? text : JSONText.quoted(text)), ("status", String(status))])
        return Array(object.utf8)
    }

    /// Reads a body that stands as text as well as one that stands as a value, whose bytes are kept as they are.
    /// - Throws: `.malformedReply`
    public init(decoding plaintext: [UInt8]) throws(OnionError) {
        let members: Members
        do {
            members = try JSONDecoder().decode(Members.self, from: Data(plaintext))
        } catch {
            throw OnionError(.malformedReply, "the node's answer cannot be read", underlying: error)
        }
        guard OnionReply.statuses.contains(members.status) else {
            throw OnionError(.malformedReply, "the status of the node's answer is none of HTTP")
        }
        if let text = members.text {
            self.init(status: members.status, body: Array(text.utf8))
        } else if let value = JSONMember.value(of: "body", in: plaintext) {
            self.init(status: members.status, body: Array(value))
        } else {
            throw OnionError(.malformedReply, "the node's answer has no body")
        }
    }

    private struct Members: Decodable {
        let status: Int
        /// Nil when the body is not text.
        let text: String?

        private enum CodingKeys: String, CodingKey {
            case status, body
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            status = try members.decode(Int.self, forKey: .status)
            text = try? members.decode(String.self, forKey: .body)
        }
    }
}
