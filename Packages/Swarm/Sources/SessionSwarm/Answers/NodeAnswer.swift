import SessionInterfaces

/// What a node's answer amounts to before its content is looked at.
enum NodeAnswer {
    /// The bytes of a good answer.
    /// - Throws: `Misdirection` for 421, `SwarmError` for any other bad status.
    static func body(of response: RoutedResponse) throws -> [UInt8] {
        switch response.status {
        case 200..<300: return response.body
        case 421: throw Misdirection(try? JSONValue(json: response.body))
        default:
            throw SwarmError(status: response.status, text: String(decoding: response.body.prefix(200), as: UTF8.self))
        }
    }

    /// The content of a good answer.
    /// - Throws: what `body(of:)` throws, or `SwarmError(.malformedAnswer)`.
    static func document(of response: RoutedResponse) throws -> JSONValue {
        try JSONValue(json: try body(of: response))
    }
}

/// A node's word that it does not serve an account, and who does. Follows protocol document 02, section 3.3.
struct Misdirection: Error {
    let description: SwarmDescription

    /// What cannot be read names nobody.
    init(_ body: JSONValue?) {
        description = body.flatMap { try? SwarmDescription($0) } ?? SwarmDescription(swarmID: .unassigned, members: [])
    }
}

/// Who serves an account, as one node says: the body of `get_swarm` and of every 421.
/// Follows protocol document 02, section 3.2.
public struct SwarmDescription: Hashable, Sendable {
    public let swarmID: SwarmID
    /// The members it names. Their addresses are not believed: only nodes that the pool knows may be asked.
    public let members: [Ed25519PublicKey]

    public init(swarmID: SwarmID, members: [Ed25519PublicKey]) {
        self.swarmID = swarmID
        self.members = members
    }

    /// More members than this no swarm has.
    private static let maximumMembers = 1000

    /// - Throws: `SwarmError(.malformedAnswer)` when there is no list of nodes, or an endless one.
    init(_ body: JSONValue) throws(SwarmError) {
        guard let nodes = body["snodes"]?.array, nodes.count <= Self.maximumMembers else {
            throw SwarmError(.malformedAnswer, "the answer has no list of a swarm's members")
        }
        let id = body["swarm"]?.string.flatMap { UInt64($0, radix: 16) }
        swarmID = id.map { SwarmID(rawValue: $0) } ?? .unassigned
        members = nodes.compactMap { $0["pubkey_ed25519"]?.string.flatMap { Ed25519PublicKey(hex: $0) } }
    }
}
