import SessionInterfaces
import SessionStorage

/// The message that a key names.
struct SentKeyRecord: StoredRecord, Hashable {
    static let formatVersion: UInt8 = 1

    var sentAt: Timestamp
    var recipient: AccountID
    var text: String
    var hash: MessageHash
}
