import SessionInterfaces
import SessionStorage

/// What of the network as a whole outlives a run.
struct NetworkRecord: Hashable, Sendable {
    var nodeCount: UInt16
    var swarmCount: UInt16
    var seedPort: UInt16
    var height: UInt64
}

/// What of one node outlives a run, besides its messages. Its key is kept in the open: it guards nothing real.
struct NodeRecord: Hashable, Sendable {
    var seed: Bytes32
    var swarmID: SwarmID
    var port: UInt16
}

extension NetworkRecord: StoredRecord {
    static let formatVersion: UInt8 = 1

    func encode(into writer: inout RecordWriter) {
        writer.integer(nodeCount)
        writer.integer(swarmCount)
        writer.integer(seedPort)
        writer.integer(height)
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        nodeCount = try reader.integer()
        swarmCount = try reader.integer()
        seedPort = try reader.integer()
        height = try reader.integer()
    }
}

extension NodeRecord: StoredRecord {
    static let formatVersion: UInt8 = 1

    func encode(into writer: inout RecordWriter) {
        writer.fixed(seed.bytes)
        writer.integer(swarmID.rawValue)
        writer.integer(port)
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        guard let seed = Bytes32(try reader.fixed(Bytes32.byteCount)) else {
            throw StoreError(.corrupted, "the key of a node is incomplete")
        }
        self.seed = seed
        swarmID = SwarmID(rawValue: try reader.integer())
        port = try reader.integer()
    }
}
