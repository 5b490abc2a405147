import SessionInterfaces
import SessionStorage

extension HistoryRecord {
    func encode(into writer: inout RecordWriter) {
        writer.text(text)
        writer.text(hash.text)
        writer.integer(recordedAt.milliseconds)
        writer.flag(delivery == .stored)
        writer.optional(senderName) { $0.text($1) }
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        text = try reader.text()
        hash = try reader.messageHash()
        recordedAt = Timestamp(milliseconds: try reader.integer())
        delivery = try reader.flag() ? .stored : .pending
        senderName = try reader.optional { try $0.text() }
    }
}

extension OutboxRecord {
    func encode(into writer: inout RecordWriter) {
        writer.fixed(recipient.bytes)
        writer.text(text)
        writer.optional(key) { $0.text($1) }
        writer.bytes(recipientData)
        writer.optional(ownData) { $0.bytes($1) }
        writer.flag(isDelivered)
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        recipient = try reader.account()
        text = try reader.text()
        key = try reader.optional { try $0.text() }
        recipientData = try reader.bytes()
        ownData = try reader.optional { try $0.bytes() }
        isDelivered = try reader.flag()
    }
}

extension SentKeyRecord {
    func encode(into writer: inout RecordWriter) {
        writer.integer(sentAt.milliseconds)
        writer.fixed(recipient.bytes)
        writer.text(text)
        writer.text(hash.text)
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        sentAt = Timestamp(milliseconds: try reader.integer())
        recipient = try reader.account()
        text = try reader.text()
        hash = try reader.messageHash()
    }
}

extension CursorRecord {
    func encode(into writer: inout RecordWriter) {
        writer.text(hash.text)
        writer.integer(expiry.milliseconds)
    }

    init(from reader: inout RecordReader, version: UInt8) throws {
        hash = try reader.messageHash()
        expiry = Timestamp(milliseconds: try reader.integer())
    }
}

extension RecordReader {
    fileprivate mutating func messageHash() throws -> MessageHash {
        guard let hash = MessageHash(try text()) else {
            throw StoreError(.corrupted, "a stored record has a message hash that is none")
        }
        return hash
    }

    fileprivate mutating func account() throws -> AccountID {
        do {
            return try AccountID(bytes: fixed(AccountID.byteCount))
        } catch {
            throw StoreError(.corrupted, "a stored record names no account", underlying: error)
        }
    }
}
