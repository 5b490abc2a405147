import SessionInterfaces
import SessionStorage

/// A message as a node keeps it.
struct MessageRecord: StoredRecord, Hashable {
    static let formatVersion: UInt8 = 1

    let hash: MessageHash
    let timestamp: Timestamp
    var expiry: Timestamp
    let data: [UInt8]
}

extension MessageRecord {
    func encode(into writer: inout RecordWriter) {
        writer.text(hash.text)
        writer.integer(timestamp.milliseconds)
        writer.integer(expiry.milliseconds)
        writer.bytes(data)
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        guard let hash = MessageHash(try reader.text()) else {
            throw StoreError(.corrupted, "the hash of a message is no hash")
        }
        self.hash = hash
        timestamp = Timestamp(milliseconds: try reader.integer())
        expiry = Timestamp(milliseconds: try reader.integer())
        data = try reader.bytes()
    }
}
