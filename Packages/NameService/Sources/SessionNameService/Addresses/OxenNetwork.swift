/// A network of the Oxen chain: what its addresses begin with. Follows protocol document 05, section 2.1.
public enum OxenNetwork: String, Hashable, Sendable, CaseIterable {
    case mainnet
    case testnet
    case stagenet
    case devnet
    case localdev
    case fakechain

    /// The port on which a daemon answers JSON-RPC unless told otherwise.
    public var daemonPort: UInt16 {
        switch self {
        case .mainnet, .fakechain: 22023
        case .testnet: 38157
        case .stagenet: 11023
        case .devnet, .localdev: 38857
        }
    }

    /// The number in front of an address's keys.
    public func tag(of kind: OxenAddress.Kind) -> UInt64 {
        let tags: (standard: UInt64, integrated: UInt64, subaddress: UInt64) =
            switch self {
            case .mainnet, .fakechain: (114, 115, 116)
            case .testnet: (156, 157, 158)
            case .stagenet: (4888, 5272, 5656)
            case .devnet, .localdev: (3930, 4442, 5850)
            }
        return switch kind {
        case .standard: tags.standard
        case .integrated: tags.integrated
        case .subaddress: tags.subaddress
        }
    }
}
