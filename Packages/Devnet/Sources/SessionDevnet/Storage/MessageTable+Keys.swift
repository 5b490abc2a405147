import SessionInterfaces
import SessionStorage

extension MessageTable {
    /// What every key of this node begins with.
    var nodeKey: [UInt8] { key { _ in } }

    /// What the places of an account's messages begin with.
    func accountKey(_ account: AccountKey) -> [UInt8] {
        key { $0.fixed(account.bytes) }
    }

    /// What the places of an account's messages in a namespace begin with.
    func compartment(_ account: AccountKey, _ namespace: Namespace) -> [UInt8] {
        key { key in
            key.fixed(account.bytes)
            key.integer(namespace.rawValue)
        }
    }

    /// The places of an account's messages in a namespace, or in all.
    func range(_ account: AccountKey, _ namespace: Namespace?) -> KeyRange {
        .prefix(namespace.map { compartment(account, $0) } ?? accountKey(account))
    }

    /// Where a message of the compartment belongs that arrives as number `arrival` at this node.
    func place(_ compartment: [UInt8], arrival: UInt64) -> [UInt8] {
        var key = KeyWriter()
        key.fixed(compartment)
        key.integer(arrival)
        return key.key
    }

    /// The place of a message, if it is the account's.
    func place(of hash: MessageHash, _ account: AccountKey, in snapshot: any StoreSnapshot) throws -> [UInt8]? {
        guard let place = try snapshot.value(of: hashKey(hash), in: Self.hashes),
            place.starts(with: accountKey(account))
        else { return nil }
        return place
    }

    /// The number that is the end of a place.
    func arrival(at place: [UInt8]) throws -> UInt64 {
        var reader = KeyReader(Array(place.suffix(MemoryLayout<UInt64>.size)))
        return try reader.integer()
    }

    func account(at place: [UInt8]) throws -> AccountKey {
        try parts(of: place).account
    }

    func namespace(at place: [UInt8]) throws -> Namespace {
        try parts(of: place).namespace
    }

    func found(_ message: MessageRecord, at place: [UInt8]) throws -> FoundMessage {
        FoundMessage(hash: message.hash, namespace: try namespace(at: place), expiry: message.expiry)
    }

    func hashKey(_ hash: MessageHash) -> [UInt8] {
        key { $0.fixed(Array(hash.text.utf8)) }
    }

    func expiryKey(_ message: MessageRecord) -> [UInt8] {
        expiryBound(message.expiry) + Array(message.hash.text.utf8)
    }

    /// Before every message that expires at `moment` or later.
    func expiryBound(_ moment: Timestamp) -> [UInt8] {
        key { $0.integer(moment.milliseconds) }
    }

    private func parts(of place: [UInt8]) throws -> (account: AccountKey, namespace: Namespace) {
        var reader = KeyReader(place)
        _ = try reader.integer(UInt16.self)
        guard let account = AccountKey(try reader.fixed(AccountKey.byteCount)) else {
            throw StoreError(.corrupted, "the account of a message is incomplete")
        }
        return (account, Namespace(rawValue: try reader.integer()))
    }

    private func key(_ write: (inout KeyWriter) -> Void) -> [UInt8] {
        var key = KeyWriter()
        key.integer(node)
        write(&key)
        return key.key
    }
}
