public import SessionInterfaces

/// Questions to a node that concern no account's messages. Follows protocol document 02, sections 3.2 and 4.16 to 4.19.
extension StorageRequest {
    /// The node's version and time.
    public static let info = StorageRequest(method: "info")

    /// All active nodes as records of 51 bytes. Older nodes do not know the method.
    public static let activeNodes = StorageRequest(method: "active_nodes_bin")

    /// Who serves an account. Every node answers.
    public static func getSwarm(of account: AccountID) -> StorageRequest {
        StorageRequest(method: "get_swarm", parameters: ["pubkey": .string(account.hex)])
    }

    /// A question that the node passes on to its chain daemon.
    public static func oxend(_ endpoint: OxendEndpoint, parameters: JSONValue = [:]) -> StorageRequest {
        StorageRequest(
            method: "oxend_request",
            parameters: ["endpoint": .string(endpoint.rawValue), "params": parameters])
    }

    /// One request or another, as the node's version and chain decide.
    /// - Throws: `SwarmError(.invalidRequest)` without a condition, or without any request.
    public static func ifElse(
        _ conditions: [NodeCondition], then request: StorageRequest?, else other: StorageRequest? = nil
    ) throws(SwarmError) -> StorageRequest {
        guard !conditions.isEmpty else { throw SwarmError(.invalidRequest, "there is no condition") }
        guard request != nil || other != nil else { throw SwarmError(.invalidRequest, "there is nothing to choose") }
        var parameters: [String: JSONValue] = [
            "if": .object(Dictionary(conditions.map(\.parameter)) { _, last in last })
        ]
        parameters["then"] = request?.value
        parameters["else"] = other?.value
        return StorageRequest(method: "ifelse", parameters: parameters)
    }
}

/// The questions that nodes pass on to their chain daemons.
public enum OxendEndpoint: String, Hashable, Sendable, CaseIterable {
    case getServiceNodes = "get_service_nodes"
    case resolveName = "ons_resolve"
}

/// What `StorageRequest.ifElse` asks about a node; all conditions have to hold.
/// Follows protocol document 02, section 4.18.
public enum NodeCondition: Hashable, Sendable {
    /// A hard fork of the chain, and a revision within it.
    case hardForkAtLeast(UInt8, revision: UInt8 = 0)
    case hardForkBefore(UInt8, revision: UInt8 = 0)
    case versionAtLeast(ServiceNode.Version)
    case versionBefore(ServiceNode.Version)
    /// A height of the chain.
    case heightAtLeast(UInt32)
    case heightBefore(UInt32)

    fileprivate var parameter: (String, JSONValue) {
        switch self {
        case .hardForkAtLeast(let fork, let revision): ("hf_at_least", Self.list(UInt16(fork), UInt16(revision)))
        case .hardForkBefore(let fork, let revision): ("hf_before", Self.list(UInt16(fork), UInt16(revision)))
        case .versionAtLeast(let version): ("v_at_least", Self.list(version.major, version.minor, version.patch))
        case .versionBefore(let version): ("v_before", Self.list(version.major, version.minor, version.patch))
        case .heightAtLeast(let height): ("height_at_least", .integer(Int64(height)))
        case .heightBefore(let height): ("height_before", .integer(Int64(height)))
        }
    }

    private static func list(_ numbers: UInt16...) -> JSONValue { .array(numbers.map { .integer(Int64($0)) }) }
}
