import SessionInterfaces
import SessionSwarm

/// Messages that one node hands to another.
enum TransferRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        let message = try MessageTransfer.Message(
            account: file.message.pubkey.account, hash: file.message.hash_hex.bytes,
            timestamp: Timestamp(milliseconds: file.message.timestamp_ms.integer),
            expiry: Timestamp(milliseconds: file.message.expiry_ms.integer), data: file.message.data_hex.bytes)
        for (row, messages) in [
            (file.one_message_hex, [message]), (file.two_equal_messages_hex, [message, message]),
        ] {
            tally.check(row) { row in
                let parts = MessageTransfer.encode(messages)
                guard parts.count == 1 else { return expect(false, row, "takes more than one part") }
                try expect(parts[0], equals: row)
                expect(try MessageTransfer.decode(try row.bytes) == messages, row)
            }
        }
        expect(try file.batch_limit_bytes.integer == MessageTransfer.maximumSize, file.batch_limit_bytes)
    }
}
