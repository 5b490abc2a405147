import SessionInterfaces
import SessionSwarm

/// One of two calls, by the state of the network. Follows protocol document 02, section 4.18.
struct ConditionalCall: ComposedCall {
    private let conditions: [Condition]
    private let branch: [Bool: any StorageCall]

    /// A property that has to lie on one side of a bound. Bounds compare part by part, as versions do.
    private struct Condition: Sendable {
        let property: @Sendable (Chain) -> [Int64]
        let bound: [Int64]
        let isLowerBound: Bool

        func holds(_ chain: Chain) -> Bool {
            property(chain).lexicographicallyPrecedes(bound) != isLowerBound
        }
    }

    private static let properties: [(name: String, parts: Int, read: @Sendable (Chain) -> [Int64])] = [
        ("height", 1, { [Int64(clamping: $0.height)] }),
        ("hf", 2, { [Int64($0.hardFork.number), Int64($0.hardFork.revision)] }),
        ("v", 3, { [Int64($0.version.major), Int64($0.version.minor), Int64($0.version.patch)] }),
    ]

    init(_ parameters: Parameters, generation: ServerGeneration) throws(RPCAnswer) {
        guard let wanted = parameters.nested("if") else {
            throw .invalid("Invalid ifelse request: no valid \"if\" field")
        }
        conditions = try Self.conditions(wanted)
        guard !conditions.isEmpty else {
            throw .invalid("Invalid ifelse request: must specify at least one \"if\" condition")
        }
        var branch: [Bool: any StorageCall] = [:]
        for (outcome, name) in [(true, "then"), (false, "else")] where parameters.has(name) {
            branch[outcome] = try Self.call(parameters.nested(name), generation)
        }
        guard !branch.isEmpty else {
            throw .invalid("Invalid ifelse request: at least one of \"then\"/\"else\" required")
        }
        self.branch = branch
    }

    func answer(at node: StorageNode) async -> RPCAnswer {
        let chain = node.network.chain
        let outcome = conditions.allSatisfy { $0.holds(chain) }
        var answer: [String: JSONValue] = [
            "condition": .bool(outcome), "height": JSONValue(chain.height), "hf": .hardFork(chain.hardFork),
            "v": .version(chain.version),
        ]
        if let call = branch[outcome] { answer["result"] = await node.answer(call).subresult }
        return .json(.object(answer))
    }

    private static func conditions(_ wanted: Parameters) throws(RPCAnswer) -> [Condition] {
        var conditions: [Condition] = []
        for (name, parts, read) in properties {
            for (suffix, isLowerBound) in [("_at_least", true), ("_before", false)] {
                guard let value = wanted[name + suffix] else { continue }
                guard let bound = bound(value), (1...parts).contains(bound.count) else {
                    throw .invalid("Invalid ifelse request: invalid \"\(name + suffix)\" condition")
                }
                conditions.append(Condition(property: read, bound: bound, isLowerBound: isLowerBound))
            }
        }
        return conditions
    }

    private static func bound(_ value: Parameters.Value) -> [Int64]? {
        switch value {
        case .json(.integer(let number)): return [number]
        case .json(.array(let elements)):
            let numbers = elements.compactMap(\.integer)
            return numbers.count == elements.count ? numbers : nil
        case .list(let elements):
            let numbers = elements.compactMap { if case .json(.integer(let number)) = $0 { number } else { nil } }
            return numbers.count == elements.count ? numbers : nil
        default: return nil
        }
    }

    private static func call(
        _ request: Parameters?, _ generation: ServerGeneration
    ) throws(RPCAnswer) -> any StorageCall {
        guard let method = request?["method"]?.text else {
            throw .invalid("Invalid ifelse subrequest: no valid \"method\" field")
        }
        guard let parameters = request?.nested("params") else {
            throw .invalid("Invalid ifelse subrequest: no valid \"params\" field")
        }
        return try StorageMethods.call(method, parameters, of: generation)
    }
}
