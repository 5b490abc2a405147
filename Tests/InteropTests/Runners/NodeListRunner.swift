import SessionInterfaces
import SessionSwarm

/// The short form of the list of nodes, and the lines of a list that other clients keep.
enum NodeListRunner {
    static func activeNodes(_ file: Vector, _ tally: Tally) throws {
        tally.check(file) { file in
            expect(try file.record_bytes.integer == ActiveNodes.recordSize, file.record_bytes)
            try expect(Base64.encode(file.blob_hex.bytes), equals: file.blob_base64)
            var kept: [ServiceNode] = []
            for row in try file.records.elements where try row.client_keeps.bool {
                kept += try ActiveNodes.decode(try row.record_hex.bytes)
            }
            expect(try ActiveNodes.decode(try file.blob_hex.bytes) == kept, file.blob_hex)
        }
        try tally.checkEach(file.records) { row in
            let nodes = try ActiveNodes.decode(try row.record_hex.bytes)
            guard try row.client_keeps.bool else { return expect(nodes.isEmpty, row, "is kept") }
            guard nodes.count == 1 else { return expect(false, row, "is not kept") }
            try expectFields(of: nodes[0], row)
            try expect(ActiveNodes.encode(nodes), equals: row.record_hex)
        }
        try tally.checkEach(file.invalid) { row in
            let bytes = try row.blob_hex.bytes
            expectRefusal(row) { try ActiveNodes.decode(bytes) }
        }
        let records = try file.records.elements
        try tally.checkEach(file.cache_lines) { row in
            guard let node = NodeLine.decode(try row.text) else { return expect(false, row, "is not read") }
            try expect(NodeLine.encode(node), equals: row)
            guard let record = try records.first(where: { try $0.pubkey_ed25519.text == node.ed25519Key.hex }) else {
                throw row.notUnderstood("a node of the records")
            }
            try expectFields(of: node, record)
        }
    }

    private static func expectFields(of node: ServiceNode, _ row: Vector) throws {
        try expect(node.ed25519Key.hex, equals: row.pubkey_ed25519)
        expect(node.swarmID.rawValue == (try row.swarm_id.unsigned), row.swarm_id)
        try expect(node.swarmID.hex, equals: row.swarm_hex)
        try expect(node.address.description, equals: row.ip)
        expect(Int64(node.httpsPort) == (try row.https_port.integer), row.https_port)
        expect(Int64(node.omqPort) == (try row.omq_quic_port.integer), row.omq_quic_port)
        let version = [node.version.major, node.version.minor, node.version.patch].map(Int64.init)
        // A part of a version fits one byte.
        expect(version == (try row.version.elements.map { min(try $0.integer, 255) }), row.version)
    }
}
