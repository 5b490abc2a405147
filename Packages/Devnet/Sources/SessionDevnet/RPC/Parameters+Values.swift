import SessionInterfaces
import SessionSwarm

/// Single values.
extension Parameters {
    func string(_ name: String) throws(RPCAnswer) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.text else { throw .wrong(name, "string") }
        return text
    }

    /// Refuses the named parameters unless they are strings, in the order given.
    func checkStrings(_ names: String...) throws(RPCAnswer) {
        for name in names {
            switch self[name] {
            case nil, .json(.string), .bytes: continue
            default: throw .wrong(name, "string")
            }
        }
    }

    func integer(_ name: String) throws(RPCAnswer) -> Int64? {
        switch self[name] {
        case nil: return nil
        case .json(.integer(let number)): return number
        case .json(.unsigned): throw .outOfRange(name)
        default: throw .wrong(name, "integer")
        }
    }

    func flag(_ name: String) throws(RPCAnswer) -> Bool? {
        switch self[name] {
        case nil: return nil
        case .json(.bool(let flag)): return flag
        case .json(.integer(let number)) where isBencoded && (0...1).contains(number): return number == 1
        default: throw .wrong(name, "boolean")
        }
    }

    /// A moment in milliseconds.
    func timestamp(_ name: String) throws(RPCAnswer) -> Timestamp? {
        switch self[name] {
        case nil: return nil
        case .json(let value): return try Self.timestamp(value, name)
        default: throw .wrong(name, Self.timestampType)
        }
    }

    /// One moment, or several in a list.
    func timestamps(_ name: String) throws(RPCAnswer) -> [Timestamp]? {
        var moments: [Timestamp] = []
        switch self[name] {
        case nil: return nil
        case .json(.array(let elements)):
            for element in elements { moments.append(try Self.timestamp(element, name)) }
        case .list(let elements):
            for element in elements {
                guard case .json(let value) = element else { throw .wrong(name, "timestamp array") }
                moments.append(try Self.timestamp(value, name))
            }
        case .json(.integer(let number)): moments = [try Self.timestamp(.integer(number), name)]
        default: throw .wrong(name, "timestamp array")
        }
        return moments
    }

    /// Milliseconds, 0 or more, as a number or as decimal text; numbers that are too large become the largest.
    func milliseconds(_ name: String, _ type: String) throws(RPCAnswer) -> Int64? {
        switch self[name] {
        case nil: return nil
        case .json(.integer(let number)) where number >= 0: return number
        case .json(.unsigned): return .max
        case .some(let value):
            guard let number = value.text.flatMap({ UInt64($0) }) else { throw .wrong(name, type) }
            return Int64(clamping: number)
        }
    }

    func namespace() throws(RPCAnswer) -> Namespace? {
        switch self["namespace"] {
        case nil: return nil
        case .json(.integer(let number)): return try Self.namespace(number)
        case .json(.unsigned): throw .outOfRange("namespace")
        default: throw .wrong("namespace", "16-bit integer")
        }
    }

    /// A namespace, or all of them.
    func scope() throws(RPCAnswer) -> SignedText.Scope? {
        switch self["namespace"] {
        case nil: return nil
        case .json(.integer(let number)): return .namespace(try Self.namespace(number))
        case .json(.unsigned): throw .outOfRange("namespace")
        case .some(let value):
            guard value.text == "all" else { throw .wrong("namespace", #"integer or "all""#) }
            return .all
        }
    }

    static let timestampType = "integer timestamp (in milliseconds)"

    private static func namespace(_ number: Int64) throws(RPCAnswer) -> Namespace {
        guard let rawValue = Int16(exactly: number) else { throw .outOfRange("namespace") }
        return Namespace(rawValue: rawValue)
    }

    private static func timestamp(_ value: JSONValue, _ name: String) throws(RPCAnswer) -> Timestamp {
        switch value {
        case .integer(let number) where number >= 1_000_000_000: return Timestamp(milliseconds: number)
        case .integer(let number) where number >= 0:
            throw .invalid("Invalid timestamp for '\(name)': timestamp must be in milliseconds")
        case .unsigned: throw .outOfRange(name)
        default: throw .wrong(name, timestampType)
        }
    }
}

/// Bytes and lists.
extension Parameters {
    /// One text, or several in a list.
    func strings(_ name: String) throws(RPCAnswer) -> [String]? {
        try binaries(name) { $0.text }
    }

    /// What `read` makes of one value, or of several in a list.
    func binaries<Element>(_ name: String, _ read: (Value) -> Element?) throws(RPCAnswer) -> [Element]? {
        let values: [Value]
        switch self[name] {
        case nil: return nil
        case .json(.array(let elements)): values = elements.map { .json($0) }
        case .list(let elements): values = elements
        case .some(let value): values = [value]
        }
        var elements: [Element] = []
        for value in values {
            guard value.text != nil || value.bytes != nil, let element = read(value) else {
                throw .wrong(name, "string array")
            }
            elements.append(element)
        }
        return elements
    }
}

extension Parameters.Value {
    /// Text, of either form of request.
    var text: String? {
        switch self {
        case .json(.string(let text)): text
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        default: nil
        }
    }

    /// Raw bytes of a bencoded request.
    var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }
}
