import SessionCrypto
import SessionInterfaces
import SessionOnionPath
import SessionSwarm

/// Reads the body of an onion request as a node does, with its complaints. Follows protocol document 02, sections 2.3
/// and 2.9.
enum EntryReader {
    struct Complaint: Error {
        let message: String
    }

    static func entry(_ body: [UInt8]) throws(Complaint) -> OnionEntry {
        let (ciphertext, control) = try parts(body)
        guard let control = JSONValue(decoding: control)?.object else {
            throw Complaint(message: "[json.exception.parse_error.101] parse error: the control part is no JSON object")
        }
        guard let keyText = control["ephemeral_key"] else {
            throw Complaint(message: "[json.exception.out_of_range.403] key 'ephemeral_key' not found")
        }
        guard let text = keyText.string else { throw wrongType(keyText) }
        guard let bytes = Hex.decode(text) else { throw Complaint(message: "Hex key data is invalid: data is not hex") }
        guard let key = X25519PublicKey(bytes) else {
            throw Complaint(message: "Hex key data is invalid: data size \(text.utf8.count) != 64")
        }
        return OnionEntry(
            seal: HopSeal(ephemeralKey: key, encryption: try encryption(control["enc_type"])),
            hopNumber: try hopNumber(control["hop_no"]), ciphertext: ciphertext)
    }

    private static func parts(_ body: [UInt8]) throws(Complaint) -> (ciphertext: [UInt8], control: [UInt8]) {
        guard body.count >= 4 else {
            throw Complaint(message: "Unexpected payload size; expected ciphertext size")
        }
        let length = (0..<4).reduce(0) { $0 | Int(body[$1]) << (8 * $1) }
        let rest = body.dropFirst(4)
        guard length <= rest.count else {
            throw Complaint(message: "Unexpected payload size \(rest.count), expected >= \(length)")
        }
        return (Array(rest.prefix(length)), Array(rest.dropFirst(length)))
    }

    private static func encryption(_ value: JSONValue?) throws(Complaint) -> HopEncryption {
        guard let value else { return .aesGCM }
        guard let name = value.string else { throw wrongType(value) }
        guard let encryption = HopEncryption(wireName: name) else {
            throw Complaint(message: "Invalid encryption type \(name)")
        }
        return encryption
    }

    private static func hopNumber(_ value: JSONValue?) throws(Complaint) -> Int {
        switch value {
        case nil: return 0
        case .integer(let number): return Int(max(0, number))
        case .some(let value): throw wrongType(value)
        }
    }

    private static func wrongType(_ value: JSONValue) -> Complaint {
        let name =
            switch value {
            case .null: "null"
            case .bool: "boolean"
            case .integer, .unsigned, .number: "number"
            case .string: "string"
            case .array: "array"
            case .object: "object"
            }
        return Complaint(message: "[json.exception.type_error.302] type must be string, but is \(name)")
    }
}
