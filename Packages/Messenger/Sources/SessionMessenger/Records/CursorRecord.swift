import SessionInterfaces
import SessionStorage
import SessionSwarm

/// Up to where one node's messages in one namespace have been read.
struct CursorRecord: StoredRecord, Hashable {
    static let formatVersion: UInt8 = 1

    var hash: MessageHash
    /// When the node forgets that message, and the cursor is worth nothing.
    var expiry: Timestamp

    init(_ cursor: RetrievedBatch.Cursor) {
        hash = cursor.hash
        expiry = cursor.expiry
    }
}
