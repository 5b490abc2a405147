import CSodium
import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// The list of nodes at the size of the public network, and from accounts to swarms.
enum SwarmBenchmarks {
    static let nodeCount = 2500
    static let swarmCount = 500
    static let accountCount = 1_000_000

    static func all() throws -> [Comparison] {
        let nodes = makeNodes()
        let list = jsonList(of: nodes)
        let map = SwarmMap(nodes)
        let accounts = makeAccounts()
        let records = ActiveNodes.encode(nodes)
        let keys = nodes.map(\.ed25519Key.bytes.bytes)
        return [
            Comparison("read a list of 2,500 nodes and map it") {
                let map = SwarmMap(try NodeList.nodes(in: list))
                precondition(map.swarmIDs.count == swarmCount)
            },
            Comparison(
                "read 2,500 records of active nodes",
                {
                    let nodes = try ActiveNodes.decode(records)
                    precondition(nodes.count == nodeCount)
                },
                bare: { convert(keys) }),
            Comparison("map 1,000,000 accounts to 500 swarms") {
                var sum: UInt64 = 0
                for account in accounts { sum &+= map.swarmID(of: account)?.rawValue ?? 0 }
                precondition(sum != 0)
            },
        ]
    }

    private static func makeNodes() -> [ServiceNode] {
        (0..<nodeCount).map { number in
            let keys = Ed25519KeyPair.generate(from: CryptoRandom())
            let swarm = UInt64(number % swarmCount) &* (UInt64.max / UInt64(swarmCount)) &+ 12345
            return ServiceNode(
                ed25519Key: keys.publicKey, x25519Key: keys.x25519.publicKey,
                address: IPv4Address(value: 0x0a00_0000 + UInt32(number)), httpsPort: 22021, omqPort: 22020,
                version: .init(2, 11, 0), swarmID: SwarmID(rawValue: swarm))
        }
    }

    /// As a chain daemon writes it.
    private static func jsonList(of nodes: [ServiceNode]) -> [UInt8] {
        let records = nodes.map { node in
            """
            {"height":1800000,"public_ip":"\(node.address)","pubkey_ed25519":"\(node.ed25519Key.hex)",\
            "pubkey_x25519":"\(node.x25519Key.hex)","requested_unlock_height":0,"storage_lmq_port":22020,\
            "storage_port":22021,"storage_server_version":[2,11,0],"swarm_id":\(node.swarmID.rawValue)}
            """
        }
        return Array(
            #"{"id":"0","jsonrpc":"2.0","result":{"service_node_states":[\#(records.joined(separator: ","))],"status":"OK"}}"#
                .utf8)
    }

    private static func makeAccounts() -> [AccountID] {
        (0..<accountCount).map { _ in
            AccountID(prefix: .standard, key: Bytes32 { CryptoRandom().fill($0) })
        }
    }

    private static func convert(_ keys: [[UInt8]]) {
        var converted = [UInt8](repeating: 0, count: 32)
        for key in keys { _ = crypto_sign_ed25519_pk_to_curve25519(&converted, key) }
    }
}
