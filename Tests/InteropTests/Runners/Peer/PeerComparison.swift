import SessionInterfaces
import SessionSwarm
import Testing

@testable import SessionDevnet

/// Compares an answer with the recorded one: everything, but for moments, which may differ by a second, and for what
/// is random.
struct PeerComparison {
    /// Greatest difference of moments, in milliseconds.
    private static let tolerance: Int64 = 1000
    private static let moments: Set = ["t", "timestamp", "expiry", "expiration", "expiries", "unchanged", "z"]

    /// Signatures are of the node alone, and cannot be those of the transcript, when the request is not quite.
    var isOwnRequest = false

    /// Where `actual` differs from `expected`.
    func differences(
        _ expected: JSONValue, _ actual: JSONValue, at path: String = "", isMoment: Bool = false
    ) -> [String] {
        switch (expected, actual) {
        case (.object(let expected), .object(let actual)):
            var found: [String] = []
            for name in Set(expected.keys).union(actual.keys).sorted() {
                guard let wanted = expected[name], let given = actual[name] else {
                    found.append("\(path).\(name) is \(actual[name] == nil ? "missing" : "too much")")
                    continue
                }
                found += members(name, wanted, given, path, isMoment)
            }
            return found
        case (.array(let expected), .array(let actual)):
            guard expected.count == actual.count else {
                return ["\(path) has \(actual.count) elements, not \(expected.count)"]
            }
            return zip(expected, actual).enumerated().flatMap {
                differences($1.0, $1.1, at: "\(path)[\($0)]", isMoment: isMoment)
            }
        case (.integer(let expected), .integer(let actual)) where isMoment:
            return abs(expected - actual) <= Self.tolerance ? [] : ["\(path) is \(actual), not \(expected)"]
        default:
            return expected == actual ? [] : ["\(path) is \(brief(actual)), not \(brief(expected))"]
        }
    }

    private func members(
        _ name: String, _ expected: JSONValue, _ actual: JSONValue, _ path: String, _ isMoment: Bool
    ) -> [String] {
        switch name {
        case "signature" where isOwnRequest:
            Base64.decode(actual.string ?? "")?.count == 64 ? [] : ["\(path).signature is none"]
        // A choice at random, whose shape alone can be told.
        case "service_node_states":
            differences(shape(expected), shape(actual), at: "\(path).\(name)")
        default:
            differences(expected, actual, at: "\(path).\(name)", isMoment: isMoment || Self.moments.contains(name))
        }
    }

    private func shape(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): .object(members.mapValues(shape))
        case .array(let elements): .array(elements.map(shape))
        case .string: "text"
        case .integer, .unsigned: 0
        default: value
        }
    }

    private func brief(_ value: JSONValue) -> String {
        String(String(decoding: value.encoded(), as: UTF8.self).prefix(200))
    }
}
