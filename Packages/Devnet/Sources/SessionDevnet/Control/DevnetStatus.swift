public import SessionInterfaces
import SessionSwarm

/// How a running network is.
public struct DevnetStatus: Hashable, Sendable {
    public struct Node: Hashable, Sendable {
        public var key: Ed25519PublicKey
        public var swarmID: SwarmID
        public var address: IPv4Address
        public var httpsPort: UInt16
        public var faults: [NodeFault]
    }

    public var height: UInt64
    public var version: ServiceNode.Version
    public var nodes: [Node]
}

extension DevnetStatus {
    var json: JSONValue {
        ["height": JSONValue(height), "version": .version(version), "nodes": .array(nodes.map(\.json))]
    }

    /// Nil when a member is missing or wrong.
    init?(_ json: JSONValue) {
        guard let height = json["height"]?.integer.flatMap({ UInt64(exactly: $0) }),
            let version = json["version"]?.array?.compactMap({ $0.integer.flatMap { UInt16(exactly: $0) } }),
            version.count == 3, let list = json["nodes"]?.array
        else { return nil }
        let nodes = list.compactMap(Node.init)
        guard nodes.count == list.count else { return nil }
        self.init(height: height, version: .init(version[0], version[1], version[2]), nodes: nodes)
    }
}

extension DevnetStatus.Node {
    fileprivate var json: JSONValue {
        [
            "ed25519": .string(key.hex), "swarm": .string(swarmID.hex), "ip": .string(address.description),
            "https_port": .integer(Int64(httpsPort)),
            "faults": .array(
                faults.map { fault in
                    var members: [String: JSONValue] = ["kind": .string(fault.kind.rawValue)]
                    if let interval = fault.interval { members["interval_ms"] = .integer(interval.milliseconds) }
                    return .object(members)
                }),
        ]
    }

    fileprivate init?(_ json: JSONValue) {
        guard let key = json["ed25519"]?.string.flatMap({ Ed25519PublicKey(hex: $0) }),
            let swarm = json["swarm"]?.string.flatMap({ UInt64($0, radix: 16) }),
            let address = json["ip"]?.string.flatMap({ IPv4Address($0) }),
            let port = json["https_port"]?.integer.flatMap({ UInt16(exactly: $0) }),
            let list = json["faults"]?.array
        else { return nil }
        let faults = list.compactMap { fault in
            fault["kind"]?.string.flatMap { NodeFault.Kind(rawValue: $0) }.map {
                NodeFault($0, interval: fault["interval_ms"]?.integer.map { .milliseconds($0) })
            }
        }
        self.init(
            key: key, swarmID: SwarmID(rawValue: swarm), address: address, httpsPort: port, faults: faults)
    }
}
