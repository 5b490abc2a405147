import SessionInterfaces
import SessionSwarm

/// The parameters of a call, read by name with the refusals of a real node. `null` counts as absent.
///
/// Nodes read all parameters of a call in the order of their names before they look at any: a wrong type is reported
/// before a missing field. Follows protocol document 02, section 4.1.
struct Parameters: Sendable {
    /// A parameter of a JSON or of a bencoded request. In the latter, keys, signatures and data are raw bytes.
    enum Value: Sendable {
        case json(JSONValue)
        case bytes([UInt8])
        case list([Value])
        case members([String: Value])
    }

    private let members: [String: Value]
    let isBencoded: Bool

    init(_ members: [String: JSONValue]) {
        self.members = members.compactMapValues { $0 == .null ? nil : .json($0) }
        isBencoded = false
    }

    init(bencoded members: [String: Value]) {
        self.members = members
        isBencoded = true
    }

    subscript(_ name: String) -> Value? { members[name] }

    func has(_ name: String) -> Bool { members[name] != nil }

    func require(_ name: String) throws(RPCAnswer) {
        guard has(name) else { throw .missing(name) }
    }

    /// At most one of two names for one parameter; nil when neither is there.
    func one(of name: String, _ other: String) throws(RPCAnswer) -> String? {
        if has(name), has(other) { throw .invalid("Cannot specify both '\(name)' and '\(other)'") }
        return has(name) ? name : has(other) ? other : nil
    }

    /// The parameters of a call inside this one.
    func nested(_ name: String) -> Parameters? { members[name].flatMap(Self.parameters) }

    /// The calls inside this one; nil when `name` is no list.
    func list(_ name: String) -> [Parameters?]? {
        switch members[name] {
        case .json(.array(let elements)): elements.map { Self.parameters(.json($0)) }
        case .list(let elements): elements.map(Self.parameters)
        default: nil
        }
    }

    private static func parameters(_ value: Value) -> Parameters? {
        switch value {
        case .json(.object(let members)): Parameters(members)
        case .members(let members): Parameters(bencoded: members)
        default: nil
        }
    }
}

extension RPCAnswer {
    static func missing(_ name: String) -> RPCAnswer { .invalid("Required field '\(name)' missing") }

    static func wrong(_ name: String, _ type: String) -> RPCAnswer {
        .invalid("Invalid value given for '\(name)': expected \(type)")
    }

    static func outOfRange(_ name: String) -> RPCAnswer {
        .invalid("Invalid value given for '\(name)': value out of range")
    }
}
