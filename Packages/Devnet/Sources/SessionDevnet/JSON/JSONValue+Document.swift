import FoundationEssentials
import SessionSwarm

extension JSONValue {
    /// Nil unless `bytes` are one JSON document.
    init?(decoding bytes: [UInt8]) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else { return nil }
        self = value
    }

    /// Compact text with sorted keys, as service nodes write it.
    func encoded() -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Encoding fails for infinities only, and no value here is made from one.
        return (try? encoder.encode(self)).map { [UInt8]($0) } ?? []
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
