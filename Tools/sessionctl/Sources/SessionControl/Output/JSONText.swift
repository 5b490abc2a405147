import FoundationEssentials
import SessionInterfaces

/// Machine-readable output: one JSON object a line, stable keys in snake case, IDs as text, times as Unix milliseconds
/// beside their RFC 3339 form.
enum JSONText {
    /// Version of the output's shape. Additions do not change it.
    static let schema = 1

    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension Timestamp {
    /// RFC 3339 in UTC, to the millisecond.
    var text: String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
