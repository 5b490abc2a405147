import FoundationEssentials

/// The question for a name's record, as a node's storage RPC takes it. It says the hash of the name, not the name.
/// Follows protocol document 05, section 1.8.
struct NameQuestion: Encodable {
    private let method = "oxend_request"
    private let params: Request

    private struct Request: Encodable {
        let endpoint = "ons_resolve"
        let params: LookUp
    }

    private struct LookUp: Encodable {
        /// Names of accounts.
        let type = 0
        let hash: String

        private enum CodingKeys: String, CodingKey {
            case type
            case hash = "name_hash"
        }
    }

    init(_ name: SessionName) {
        params = Request(params: LookUp(hash: name.base64Hash))
    }

    /// JSON with sorted keys.
    func document() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}
