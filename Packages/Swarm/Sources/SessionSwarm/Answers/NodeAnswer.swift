import SessionInterfaces

/// What a node's answer amounts to before its content is looked at.
enum NodeAnswer {
    /// The body of a good answer.
    /// - Throws: `Misdirection` for 421, `SwarmError` for any other bad status.
    static func body(of response: RoutedResponse) throws -> [UInt8] {
        switch response.status {
        case 200..<300: return response.body
        case 421: throw Misdirection(decoding: response.body)
        default:
            throw SwarmError(status: response.status, text: String(decoding: response.body.prefix(200), as: UTF8.self))
        }
    }
}

/// A node's word that it does not serve an account, and who does. Follows protocol document 02, section 3.3.
struct Misdirection: Error {
    let swarmID: SwarmID
    /// The members it names. Their addresses are not believed: only nodes that the pool knows may be asked.
    let members: [Ed25519PublicKey]

    /// What cannot be read names nobody.
    init(decoding body: [UInt8]) {
        self.init(try? JSONDocument.decode(SwarmDescription.self, from: body))
    }

    init(_ description: SwarmDescription?) {
        swarmID = description?.swarmID ?? .unassigned
        members = description?.members ?? []
    }
}

/// The body of `get_swarm` and of every 421. Follows protocol document 02, section 3.2.
struct SwarmDescription: Decodable, Sendable {
    let swarmID: SwarmID
    let members: [Ed25519PublicKey]

    private enum CodingKeys: String, CodingKey {
        case snodes, swarm
    }

    private struct Member: Decodable, Sendable {
        let key: String

        private enum CodingKeys: String, CodingKey {
            case key = "pubkey_ed25519"
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let id = (try? container.decode(String.self, forKey: .swarm)).flatMap { UInt64($0, radix: 16) }
        swarmID = id.map { SwarmID(rawValue: $0) } ?? .unassigned
        members = try container.decode([Tolerant<Member>].self, forKey: .snodes).compactMap {
            $0.value.flatMap { Ed25519PublicKey(hex: $0.key) }
        }
    }
}
