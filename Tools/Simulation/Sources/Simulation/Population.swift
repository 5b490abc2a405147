import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// Service nodes on paper: as many, in as many swarms and as crowded into hosting companies' networks as the live ones.
struct Population: Sendable {
    static let nodeCount = 2500
    static let swarmCount = 500
    /// Every third node shares its /24 network with others: operators rent machines by the handful.
    private static let sharedSubnets = 120

    let nodes: [SimulatedNode]
    /// The list of nodes as a seed gives it.
    let listing: [UInt8]

    init(random: any RandomSource) throws {
        var generator = random.generator
        let spacing = UInt64.max / UInt64(Self.swarmCount)
        nodes = (0..<Self.nodeCount).map { number in
            let subnet =
                number % 3 == 0
                ? UInt32(number / 3 % Self.sharedSubnets)
                : UInt32(Self.sharedSubnets + number)
            let address = IPv4Address(value: 0x0a00_0000 | subnet << 8 | UInt32(number % 250 + 1))
            let swarm = SwarmID(rawValue: UInt64(number % Self.swarmCount) * spacing)
            return SimulatedNode(
                keys: .generate(from: random), address: address, swarmID: swarm,
                port: UInt16.random(in: 1024 ... .max, using: &generator))
        }
        let records = nodes.map(\.record)
        listing =
            Array(
                #"{"jsonrpc":"2.0","id":"0","result":{"service_node_states":[\#(records.joined(separator: ","))],"#.utf8
            )
            + Array(#""height":1900000,"status":"OK"}}"#.utf8)
    }
}

struct SimulatedNode: Sendable {
    let keys: Ed25519KeyPair
    let node: ServiceNode

    init(keys: Ed25519KeyPair, address: IPv4Address, swarmID: SwarmID, port: UInt16) {
        self.keys = keys
        node = ServiceNode(
            ed25519Key: keys.publicKey, x25519Key: keys.x25519.publicKey, address: address, httpsPort: port,
            omqPort: port, version: .init(2, 11, 0), swarmID: swarmID)
    }

    /// The node in the list's own words.
    fileprivate var record: String {
        #"{"service_node_pubkey":"\#(node.ed25519Key.hex)","pubkey_ed25519":"\#(node.ed25519Key.hex)","#
            + #""pubkey_x25519":"\#(node.x25519Key.hex)","public_ip":"\#(node.address)","#
            + #""storage_port":\#(node.httpsPort),"storage_lmq_port":\#(node.omqPort),"#
            + #""storage_server_version":[2,11,0],"swarm_id":\#(node.swarmID.rawValue),"#
            + #""requested_unlock_height":0}"#
    }
}
