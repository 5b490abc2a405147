import FoundationEssentials

/// JSON as bytes: what nodes and seeds take.
enum JSONDocument {
    /// Compact text with sorted keys: the same value always gives the same bytes.
    static func encode(_ value: some Encodable) throws(SwarmError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(value))
        } catch {
            throw SwarmError(.invalidRequest, "the request cannot be written as JSON", underlying: error)
        }
    }
}
