import SessionCrypto
public import SessionInterfaces

/// An owner's signature of an update. Follows protocol document 05, section 3.5.
public enum OwnerSignature: Hashable, Sendable {
    /// 64 bytes.
    case wallet([UInt8])
    /// 64 bytes.
    case ed25519([UInt8])

    /// What a transaction holds: 65 bytes.
    var extraBytes: [UInt8] {
        switch self {
        case .wallet(let bytes): [0] + bytes
        case .ed25519(let bytes): [1] + bytes
        }
    }

    /// Whether this is `owner`'s signature of `hash`. A signature of another kind than the owner is none.
    public func isBy(_ owner: NameOwner, of hash: Bytes32) -> Bool {
        switch (self, owner) {
        case (.wallet(let bytes), .wallet(let spendKey, _, _)):
            WalletSignature.verify(bytes, of: hash, by: spendKey)
        case (.ed25519(let bytes), .ed25519(let key)):
            Ed25519.verify(bytes, of: hash.bytes, by: key)
        default: false
        }
    }
}
