import SessionCrypto
import SessionInterfaces

/// The 33 bytes under which a node keeps messages. Unlike clients, nodes accept every prefix byte.
struct AccountKey: Hashable, Sendable {
    static let byteCount = 33

    let prefix: UInt8
    let key: Bytes32

    /// Nil unless `bytes` are 33 bytes.
    init?(_ bytes: [UInt8]) {
        guard let prefix = bytes.first, let key = Bytes32(bytes.dropFirst()) else { return nil }
        self.prefix = prefix
        self.key = key
    }

    /// Nil unless `hex` is 66 hexadecimal digits.
    init?(hex: String) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes)
    }

    var bytes: [UInt8] { [prefix] + key.bytes }
    var hex: String { Hex.encode(bytes) }

    /// An account ID at the same position of the ring: only the 32 bytes decide.
    var mapped: AccountID { AccountID(prefix: .standard, key: key) }

    /// The hash of a message stored for this account. Follows protocol document 02, section 4.6.
    func messageHash(_ namespace: Namespace, _ data: [UInt8]) -> MessageHash {
        MessageHash(digest: BLAKE2b.hash32(bytes, Array(namespace.signedText.utf8), data))
    }
}
