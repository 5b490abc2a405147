import SessionInterfaces
import SessionSwarm

/// The parameters of a call, read by name with the refusals of a real node. `null` counts as absent.
/// Follows protocol document 02, section 4.1.
struct Parameters: Sendable {
    private let members: [String: JSONValue]

    init(_ members: [String: JSONValue]) {
        self.members = members.filter { $0.value != .null }
    }

    subscript(_ name: String) -> JSONValue? { members[name] }

    func required(_ name: String) throws(RPCAnswer) -> JSONValue {
        guard let value = members[name] else { throw .invalid("Required field '\(name)' missing") }
        return value
    }

    func string(_ name: String) throws(RPCAnswer) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.string else { throw wrong(name, "string") }
        return text
    }

    /// At most one of two names for one string.
    func string(_ name: String, or other: String) throws(RPCAnswer) -> String? {
        if members[name] != nil, members[other] != nil {
            throw .invalid("Cannot specify both '\(name)' and '\(other)'")
        }
        return try string(members[name] == nil ? other : name)
    }

    func integer(_ name: String) throws(RPCAnswer) -> Int64? {
        guard let value = members[name] else { return nil }
        switch value {
        case .integer(let number): return number
        case .unsigned: throw outOfRange(name)
        default: throw wrong(name, "integer")
        }
    }

    func flag(_ name: String) throws(RPCAnswer) -> Bool? {
        guard let value = members[name] else { return nil }
        guard let flag = value.bool else { throw wrong(name, "boolean") }
        return flag
    }

    /// A moment in milliseconds.
    /// - Parameter allowingText: Whether decimal text is as good as a number.
    func timestamp(_ name: String, allowingText: Bool = false) throws(RPCAnswer) -> Timestamp? {
        let milliseconds = try unsigned(name, "integer timestamp (in milliseconds)", allowingText: allowingText)
        guard let milliseconds else { return nil }
        guard milliseconds >= 1_000_000_000 else {
            throw .invalid("Invalid timestamp for '\(name)': timestamp must be in milliseconds")
        }
        return Timestamp(milliseconds: milliseconds)
    }

    /// An interval in milliseconds, as a number or as decimal text.
    func interval(_ name: String) throws(RPCAnswer) -> Int64? {
        try unsigned(name, "positive integer", allowingText: true)
    }

    func namespace() throws(RPCAnswer) -> Namespace? {
        guard let value = members["namespace"] else { return nil }
        switch value {
        case .integer(let number):
            guard let rawValue = Int16(exactly: number) else { throw outOfRange("namespace") }
            return Namespace(rawValue: rawValue)
        case .unsigned: throw outOfRange("namespace")
        default: throw wrong("namespace", "16-bit integer")
        }
    }

    /// The account of `store` and `retrieve`, which know two spellings of the name.
    func account() throws(RPCAnswer) -> AccountKey {
        guard let text = try string("pubkey", or: "pubKey") else { throw .invalid("Required field 'pubkey' missing") }
        guard let account = AccountKey(hex: text) else {
            throw .invalid("Pubkey must be 66 hex digits (33 bytes) long")
        }
        return account
    }

    private func unsigned(_ name: String, _ type: String, allowingText: Bool) throws(RPCAnswer) -> Int64? {
        guard let value = members[name] else { return nil }
        switch value {
        case .integer(let number) where number >= 0: return number
        case .unsigned: throw outOfRange(name)
        case .string(let text) where allowingText:
            guard let number = Int64(text), number >= 0 else { throw wrong(name, type) }
            return number
        default: throw wrong(name, type)
        }
    }

    private func wrong(_ name: String, _ type: String) -> RPCAnswer {
        .invalid("Invalid value given for '\(name)': expected \(type)")
    }

    private func outOfRange(_ name: String) -> RPCAnswer {
        .invalid("Invalid value given for '\(name)': value out of range")
    }
}
