import FoundationEssentials
import SessionInterfaces

/// A value of a vector file that knows where it stands, so that a failure names the place.
@dynamicMemberLookup
struct Vector: Sendable {
    indirect enum Value: Decodable, Sendable {
        case null
        case bool(Bool)
        case integer(Int64)
        case number(Double)
        case string(String)
        case array([Value])
        case object([String: Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let value = try? container.decode(String.self) {
                self = .string(value)
            } else if let value = try? container.decode([String: Value].self) {
                self = .object(value)
            } else if let value = try? container.decode([Value].self) {
                self = .array(value)
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(Int64.self) {
                self = .integer(value)
            } else if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else {
                self = .null
            }
        }
    }

    let value: Value?
    let place: String

    init(file path: String, named name: String) throws {
        let data = try Data(contentsOf: URL(filePath: path))
        value = try JSONDecoder().decode(Value.self, from: data)
        place = name
    }

    private init(value: Value?, place: String) {
        self.value = value
        self.place = place
    }

    subscript(key: String) -> Vector {
        guard case .object(let members) = value else { return Vector(value: nil, place: "\(place).\(key)") }
        return Vector(value: members[key], place: "\(place).\(key)")
    }

    subscript(dynamicMember key: String) -> Vector { self[key] }

    var isPresent: Bool {
        switch value {
        case nil, .null: false
        default: true
        }
    }

    var keys: Set<String> {
        guard case .object(let members) = value else { return [] }
        return Set(members.keys)
    }

    /// The elements of a list; an absent list has none.
    var elements: [Vector] {
        get throws {
            guard isPresent else { return [] }
            guard case .array(let elements) = value else { throw notUnderstood("a list") }
            return elements.enumerated().map { Vector(value: $1, place: "\(place)[\($0)]") }
        }
    }

    var text: String {
        get throws {
            guard case .string(let text) = value else { throw notUnderstood("a text") }
            return text
        }
    }

    var integer: Int64 {
        get throws {
            switch value {
            case .integer(let value): return value
            case .string(let text):
                guard let value = Int64(text) else { throw notUnderstood("an integer") }
                return value
            default: throw notUnderstood("an integer")
            }
        }
    }

    /// A number of up to 64 bits, which the files write as decimal text.
    var unsigned: UInt64 {
        get throws {
            switch value {
            case .integer(let value) where value >= 0: return UInt64(value)
            case .string(let text):
                guard let value = UInt64(text) else { throw notUnderstood("an unsigned integer") }
                return value
            default: throw notUnderstood("an unsigned integer")
            }
        }
    }

    var bool: Bool {
        get throws {
            guard case .bool(let value) = value else { throw notUnderstood("true or false") }
            return value
        }
    }

    /// Bytes written in hexadecimal.
    var bytes: [UInt8] {
        get throws {
            guard let bytes = Hex.decode(try text) else { throw notUnderstood("hexadecimal digits") }
            return bytes
        }
    }

    /// Bytes written in base64.
    var base64: [UInt8] {
        get throws {
            guard let bytes = Base64.decode(try text) else { throw notUnderstood("base64") }
            return bytes
        }
    }

    func notUnderstood(_ expected: String) -> VectorError {
        VectorError(description: "\(place): expected \(expected); no runner understands this")
    }
}

struct VectorError: Error, CustomStringConvertible {
    let description: String
}
