import SessionSwarm

extension JSONValue {
    /// Nil unless `bytes` are one JSON document.
    init?(decoding bytes: [UInt8]) {
        guard let value = JSONReader.document(bytes) else { return nil }
        self = value
    }

    /// Compact text with sorted keys, as service nodes write it.
    func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    init(_ value: UInt64) {
        self = Int64(exactly: value).map { .integer($0) } ?? .unsigned(value)
    }

    var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }
}
