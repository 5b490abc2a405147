import FoundationEssentials
public import SessionInterfaces

/// What one node says about a name. Follows protocol document 05, section 1.8.
public enum NameAnswer: Hashable, Sendable {
    case notRegistered
    case record(NameRecord)

    /// Reads the body of a node's answer to `ons_resolve`.
    /// - Throws: `NameError(.invalidRecord)` for anything but a well-formed record or a well-formed "none".
    public init(decoding body: [UInt8]) throws(NameError) {
        let fields: Fields
        do {
            fields = try JSONDecoder().decode(Document.self, from: Data(body)).result
        } catch {
            throw NameError(.invalidRecord, "the answer is not the JSON it has to be", underlying: error)
        }
        guard let value = fields.encryptedValue else {
            guard fields.nonce == nil else { throw NameError(.invalidRecord, "the answer has a nonce and no value") }
            self = .notRegistered
            return
        }
        guard let encryptedValue = Hex.decode(value) else {
            throw NameError(.invalidRecord, "the encrypted value is not hexadecimal")
        }
        guard let nonce = fields.nonce.map({ $0.isEmpty ? nil : Hex.decode($0) }) ?? [] else {
            throw NameError(.invalidRecord, "the nonce is not hexadecimal")
        }
        self = .record(try NameRecord(encryptedValue: encryptedValue, nonce: nonce))
    }

    private struct Document: Decodable {
        let result: Fields
    }

    private struct Fields: Decodable {
        let encryptedValue: String?
        let nonce: String?

        private enum CodingKeys: String, CodingKey {
            case encryptedValue = "encrypted_value"
            case nonce
        }
    }
}
