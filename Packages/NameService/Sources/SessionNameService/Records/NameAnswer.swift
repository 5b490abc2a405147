import FoundationEssentials
public import SessionInterfaces

/// What one node says about a name. Follows protocol document 05, section 1.8.
public enum NameAnswer: Hashable, Sendable {
    case notRegistered
    case record(NameRecord)

    /// Reads the body of a node's answer to `ons_resolve`.
    /// - Parameter type: what was asked for.
    /// - Throws: `NameError(.invalidRecord)` for anything but a well-formed record or a well-formed "none".
    public init(decoding body: [UInt8], type: NameType = .session) throws(NameError) {
        let fields: Fields
        do {
            fields = try JSONDecoder().decode(Document.self, from: Data(body)).result
        } catch {
            throw NameError(.invalidRecord, "the answer is not the JSON it has to be", underlying: error)
        }
        self = try fields.answer(type)
    }

    private struct Document: Decodable {
        let result: Fields
    }

    /// The answer's members, which a daemon's JSON-RPC has too.
    struct Fields: Decodable {
        let encryptedValue: String?
        let nonce: String?

        private enum CodingKeys: String, CodingKey {
            case encryptedValue = "encrypted_value"
            case nonce
        }

        func answer(_ type: NameType) throws(NameError) -> NameAnswer {
            guard let value = encryptedValue else {
                guard nonce == nil else { throw NameError(.invalidRecord, "the answer has a nonce and no value") }
                return .notRegistered
            }
            guard let encryptedValue = Hex.decode(value) else {
                throw NameError(.invalidRecord, "the encrypted value is not hexadecimal")
            }
            guard let nonce = nonce.map({ $0.isEmpty ? nil : Hex.decode($0) }) ?? [] else {
                throw NameError(.invalidRecord, "the nonce is not hexadecimal")
            }
            return .record(try NameRecord(encryptedValue: encryptedValue, nonce: nonce, type: type))
        }
    }
}
