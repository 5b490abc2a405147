public import SessionInterfaces

/// Who may change a name. Follows protocol document 05, section 3.5.
public enum NameOwner: Hashable, Sendable {
    /// A wallet: all three must match.
    case wallet(spendKey: Bytes32, viewKey: Bytes32, isSubaddress: Bool)
    case ed25519(Ed25519PublicKey)

    /// An integrated address is the same owner as the standard one with its keys.
    public init(_ address: OxenAddress) {
        self = .wallet(
            spendKey: address.spendKey, viewKey: address.viewKey, isSubaddress: address.kind == .subaddress)
    }

    /// Reads an Oxen address of `network`, or 64 hexadecimal digits of an Ed25519 key.
    /// - Throws: `OxenError(.invalidOwner)`.
    public init(_ text: String, network: OxenNetwork) throws(OxenError) {
        if let key = Ed25519PublicKey(hex: text) {
            self = .ed25519(key)
            return
        }
        do {
            self.init(try OxenAddress(text, network: network))
        } catch {
            throw OxenError(
                .invalidOwner, "the owner is neither 64 hexadecimal digits nor an Oxen address", underlying: error)
        }
    }

    /// The text form in daemons' answers and orders.
    /// - Throws: `OxenError(.invalidAddress)` when a wallet's keys are none.
    public func text(on network: OxenNetwork) throws(OxenError) -> String {
        switch self {
        case .ed25519(let key): key.hex
        case .wallet(let spendKey, let viewKey, let isSubaddress):
            try OxenAddress(
                network: network, kind: isSubaddress ? .subaddress : .standard, spendKey: spendKey, viewKey: viewKey
            ).description
        }
    }

    /// What an update signs: 65 or 33 bytes. Whether it is a subaddress is not signed.
    var signedBytes: [UInt8] {
        switch self {
        case .wallet(let spendKey, let viewKey, _): [0] + spendKey.bytes + viewKey.bytes
        case .ed25519(let key): [1] + key.bytes.bytes
        }
    }

    /// What a transaction holds: 66 or 33 bytes.
    var extraBytes: [UInt8] {
        switch self {
        case .wallet(_, _, let isSubaddress): signedBytes + [isSubaddress ? 1 : 0]
        case .ed25519: signedBytes
        }
    }
}
