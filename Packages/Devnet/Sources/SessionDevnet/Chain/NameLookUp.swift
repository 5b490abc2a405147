import SessionInterfaces
import SessionSwarm

/// The question for a name's record. Follows protocol document 05, sections 1.8 and 2.3.
struct NameLookUp {
    private let type: Int64
    private let hash: Bytes32

    init(_ parameters: [String: JSONValue]) throws(DaemonRefusal) {
        guard let type = parameters["type"]?.integer else { throw .missing("type") }
        guard let text = parameters["name_hash"]?.string else { throw .missing("name_hash") }
        guard (0..<6).contains(type) else { throw DaemonRefusal(code: -1, message: "Unable to resolve: invalid type") }
        guard let hash = Self.hash(text) else {
            throw DaemonRefusal(code: -1, message: "Unable to resolve: 'name_hash' is invalid")
        }
        self.type = type
        self.hash = hash
    }

    /// An empty object means that the name is not registered. Only names of accounts, type 0, can be.
    func answer(from names: NameLedger) async throws -> JSONValue {
        guard type == 0, let record = try await names.record(of: hash) else { return [:] }
        return [
            "encrypted_value": .string(Hex.encode(record.encryptedValue)), "nonce": .string(Hex.encode(record.nonce)),
        ]
    }

    /// Base64 with or without padding, or 64 hexadecimal digits.
    private static func hash(_ text: String) -> Bytes32? {
        let bytes = text.utf8.count == 64 ? Hex.decode(text) : Base64.decode(text)
        return bytes.flatMap { Bytes32($0) }
    }
}
