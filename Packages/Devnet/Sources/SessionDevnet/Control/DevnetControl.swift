import HTTPTypes
public import SessionInterfaces
import SessionSwarm

/// Steers a devnet that runs in another process, by what its `devnet.json` says.
///
/// A node is given by its key in hexadecimal, or by as much of its beginning as tells it from the others.
public struct DevnetControl: Sendable {
    private static let timeLimit = Duration.seconds(30)

    private let address: DevnetDescriptor.Control
    private let transport: any Transport

    /// - Throws: `DevnetError(.invalidDescriptor)` when the file says nothing about steering.
    public init(_ descriptor: DevnetDescriptor, transport: any Transport) throws(DevnetError) {
        guard let address = descriptor.control else {
            throw DevnetError(.invalidDescriptor, "control is missing: the network cannot be steered")
        }
        self.address = address
        self.transport = transport
    }

    /// - Throws: `TransportError`; `DevnetError`, here and below.
    public func status() async throws -> DevnetStatus {
        try await call("status", [:])
    }

    @discardableResult
    public func setFault(_ fault: NodeFault, for node: String) async throws -> DevnetStatus {
        var parameters: [String: JSONValue] = ["node": .string(node), "kind": .string(fault.kind.rawValue)]
        if let interval = fault.interval { parameters["interval_ms"] = .integer(interval.milliseconds) }
        return try await call("fault", parameters)
    }

    /// - Parameters:
    ///   - kind: nil for all faults.
    ///   - node: nil for all nodes, with all faults.
    @discardableResult
    public func clearFaults(_ kind: NodeFault.Kind? = nil, of node: String? = nil) async throws -> DevnetStatus {
        var parameters: [String: JSONValue] = [:]
        if let node { parameters["node"] = .string(node) }
        if let kind { parameters["kind"] = .string(kind.rawValue) }
        return try await call("clear", parameters)
    }

    @discardableResult
    public func moveNode(_ node: String, to swarm: SwarmID) async throws -> DevnetStatus {
        try await call("move", ["node": .string(node), "swarm": .string(swarm.hex)])
    }

    /// Deals all nodes to the swarms anew.
    @discardableResult
    public func reshuffle() async throws -> DevnetStatus {
        try await call("reshuffle", [:])
    }

    @discardableResult
    public func removeExpiredMessages() async throws -> DevnetStatus {
        try await call("clean_up", [:])
    }

    private func call(_ method: String, _ parameters: [String: JSONValue]) async throws -> DevnetStatus {
        let parts = address.url.split(separator: "://", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw DevnetError(.invalidDescriptor, "control.url is no URL") }
        let head = HTTPRequest(
            method: .post, scheme: parts[0], authority: parts[1], path: ControlService.path,
            headerFields: [.authorization: "Bearer \(address.token)", .contentType: "application/json"])
        let document: JSONValue = ["method": .string(method), "params": .object(parameters)]
        let answer = try await transport.send(
            TransportRequest(head, body: document.encoded(), trust: .none, timeLimit: Self.timeLimit))
        let json = JSONValue(decoding: answer.body)
        if let error = json?["error"] {
            let code = error["code"]?.string.flatMap { DevnetError.Code(rawValue: $0) } ?? .failed
            throw DevnetError(code, error["message"]?.string ?? "the devnet refused")
        }
        guard let status = json?["result"].flatMap({ DevnetStatus($0) }) else {
            throw DevnetError(.failed, "what answers at \(address.url) is no devnet")
        }
        return status
    }
}
