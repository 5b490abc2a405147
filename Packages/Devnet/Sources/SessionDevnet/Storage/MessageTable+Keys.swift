import SessionInterfaces
import SessionStorage

extension MessageTable {
    /// What every key of this node begins with.
    var nodeKey: [UInt8] { key { _ in } }

    /// What the places of an account's messages in a namespace begin with.
    func compartment(_ account: AccountKey, _ namespace: Namespace) -> [UInt8] {
        key { key in
            key.fixed(account.bytes)
            key.integer(namespace.rawValue)
        }
    }

    /// Where a message of the compartment belongs that arrives as number `arrival` at this node.
    func place(_ compartment: [UInt8], arrival: UInt64) -> [UInt8] {
        var key = KeyWriter()
        key.fixed(compartment)
        key.integer(arrival)
        return key.key
    }

    /// The number that is the end of a place.
    func arrival(at place: [UInt8]) throws -> UInt64 {
        var reader = KeyReader(Array(place.suffix(MemoryLayout<UInt64>.size)))
        return try reader.integer()
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

    private func key(_ write: (inout KeyWriter) -> Void) -> [UInt8] {
        var key = KeyWriter()
        key.integer(node)
        write(&key)
        return key.key
    }
}
